// Parses the command line of the sandbox. Not in cli.ts, which starts a sandbox as soon as it is loaded.
import { parseArgs } from 'node:util';
import { REFILLS } from './http/bucket';
import { PLANS } from './http/plans';
import type { SandboxOptions } from './http/server';
import { MAX_TENANTS } from './http/tenants';

type FromFlags =
  | 'port'
  | 'count'
  | 'empty'
  | 'plan'
  | 'rateLimit'
  | 'refill'
  | 'retryAfter'
  | 'delayMs'
  | 'searchLagMs'
  | 'domain'
  | 'control';

export interface CliArguments extends Pick<SandboxOptions, FromFlags> {
  readonly usersFile?: string;
  /** Number of tenants; default: the sample tenant alone. */
  readonly tenants?: number;
}

const TEXT = { type: 'string' } as const;
const SWITCH = { type: 'boolean' } as const;
const NUMBERS = { port: TEXT, count: TEXT, tenants: TEXT, 'rate-limit': TEXT, delay: TEXT, 'search-lag': TEXT };
const CHOICES = { plan: TEXT, refill: TEXT };
const SWITCHES = { empty: SWITCH, 'retry-after': SWITCH, control: SWITCH };
const FLAGS = { ...NUMBERS, ...CHOICES, ...SWITCHES, users: TEXT, domain: TEXT };

/** @throws Error whose message says in one sentence which flag is wrong, and how. */
export function parseArguments(args: readonly string[]): CliArguments {
  const { port, users: usersFile, count, empty, domain, control, plan, refill, tenants, ...more } = valuesIn(args);
  const { delay, 'rate-limit': rateLimit, 'retry-after': retryAfter, 'search-lag': searchLag } = more;
  if ([usersFile, count, empty].filter(source => source !== undefined).length > 1) {
    throw new Error('Only one of --users, --count and --empty can be given.');
  }
  if (plan && rateLimit) throw new Error('Only one of --plan and --rate-limit can be given.');
  if (domain && tenants) throw new Error('Only one of --domain and --tenants can be given.');
  if (domain && !/^[a-z0-9.-]+$/i.test(domain)) throw new Error(`--domain wants a host name, not ${domain}.`);
  return {
    ...(port && { port: whole('--port', port, 0, 65_535) }),
    ...(usersFile && { usersFile }),
    ...(count && { count: whole('--count', count, 0, 1_000_000) }),
    ...(empty && { empty }),
    ...(tenants && { tenants: whole('--tenants', tenants, 1, MAX_TENANTS) }),
    ...(rateLimit && { rateLimit: whole('--rate-limit', rateLimit, 1, 1_000_000) }),
    ...(plan && { plan: oneOf('--plan', plan, PLANS) }),
    ...(refill && { refill: oneOf('--refill', refill, REFILLS) }),
    ...(retryAfter && { retryAfter }),
    ...(delay && { delayMs: whole('--delay', delay, 0, 600_000) }),
    ...(searchLag && { searchLagMs: whole('--search-lag', searchLag, 0, 600_000) }),
    ...(domain && { domain }),
    ...(control && { control }),
  };
}

/** No value may be ''. Uses only the first sentence of Node's messages; the others are advice. */
function valuesIn(args: readonly string[]) {
  try {
    const { values } = parseArgs({ args: [...args], options: FLAGS });
    const blank = Object.entries(values).find(([, value]) => value === '');
    if (blank) throw new Error(`--${blank[0]} wants a value.`);
    return values;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${message.split(/\.\s|\.$|\n/)[0]}.`, { cause });
  }
}

function oneOf<T extends string>(flag: string, text: string, values: readonly T[]): T {
  const value = values.find(known => known === text);
  if (value === undefined) throw new Error(`${flag} wants one of ${values.join(', ')}, not ${text}.`);
  return value;
}

function whole(flag: string, text: string, minimum: number, maximum: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= minimum && value <= maximum) return value;
  throw new Error(`${flag} wants a whole number from ${minimum} to ${maximum}, not ${text}.`);
}
