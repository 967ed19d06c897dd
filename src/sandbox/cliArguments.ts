// The command line of the sandbox: flags → options, or one sentence about what is wrong with them.

export interface CliArguments {
  readonly port?: number;
  readonly usersFile?: string;
  readonly count?: number;
  readonly empty?: boolean;
  readonly rateLimit?: number;
  readonly delayMs?: number;
  readonly searchLagMs?: number;
  readonly domain?: string;
  readonly control?: boolean;
}

type Take = (value: string) => CliArguments | string;

const whole =
  (make: (value: number) => CliArguments, minimum: number, maximum: number): Take =>
  value =>
    /^\d+$/.test(value) && Number(value) >= minimum && Number(value) <= maximum
      ? make(Number(value))
      : `a whole number from ${minimum} to ${maximum}`;

const WITH_VALUE: Readonly<Record<string, Take>> = {
  '--port': whole(port => ({ port }), 0, 65_535),
  '--users': usersFile => ({ usersFile }),
  '--count': whole(count => ({ count }), 0, 1_000_000),
  '--rate-limit': whole(rateLimit => ({ rateLimit }), 1, 1_000_000),
  '--delay': whole(delayMs => ({ delayMs }), 0, 600_000),
  '--search-lag': whole(searchLagMs => ({ searchLagMs }), 0, 600_000),
  '--domain': domain => (/^[a-z0-9.-]+$/i.test(domain) ? { domain } : 'a host name'),
};

const ALONE: Readonly<Record<string, CliArguments>> = {
  '--empty': { empty: true },
  '--control': { control: true },
};

/** @returns the options, or the sentence that says which flag is wrong and how. */
export function parseArguments(args: readonly string[]): CliArguments | string {
  let options: CliArguments = {};
  for (let index = 0; index < args.length; index++) {
    const [flag = '', ...inline] = (args[index] ?? '').split('=');
    const take = Object.hasOwn(WITH_VALUE, flag) ? WITH_VALUE[flag] : undefined;
    const alone = Object.hasOwn(ALONE, flag) && inline.length === 0 ? ALONE[flag] : undefined;
    if (take === undefined && alone === undefined) return `The sandbox does not know ${args[index]}.`;
    if (take === undefined) {
      options = { ...options, ...alone };
      continue;
    }
    const value = inline.length > 0 ? inline.join('=') : args[++index];
    if (value === undefined || value === '' || value.startsWith('--')) return `${flag} wants a value.`;
    const taken = take(value);
    if (typeof taken === 'string') return `${flag} wants ${taken}, not ${value}.`;
    options = { ...options, ...taken };
  }
  const sources = [options.usersFile, options.count, options.empty].filter(source => source !== undefined);
  return sources.length > 1 ? 'Only one of --users, --count and --empty can be given.' : options;
}
