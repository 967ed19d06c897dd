// Listing 1,000 users as the tree does, beside the pager of Auth0's own SDK on the same sandbox: requests, bytes, CPU.
import { staticToken } from '../../src/management/auth/token';
import { createManagementClient } from '../../src/management/client';
import type { Transport } from '../../src/management/http/transport';
import { fetchUsers } from '../../src/management/listing/fetchUsers';
import { parseTenantDomain, tenantOf } from '../../src/management/tenant';
import { UserList } from '../../src/tree/model/userList';
import { type Measurement, measureInChild } from './measureInChild';
import type { Bench, Figure, Unit } from './model';
import { median, samplesOf } from './samples';
import { withSandbox } from './withSandbox';

const USERS = 1_000;
/** The most that the service gives a page, for both. */
const PER_PAGE = 100;

/** Of the first five, the compiler takes more than the listing: a median of so few would compare compilers. */
const ROUNDS = 15;

interface Listed {
  readonly users: number;
  readonly bytes: number;
}

export const listBench: Bench = {
  name: 'list',
  title: `Listing ${USERS.toLocaleString('en')} users`,
  measure: () =>
    withSandbox({ count: USERS }, async ({ url, domain, token, control }) => {
      const measure = async (who: 'listOurs' | 'listSdk') => {
        control.clearRequests();
        const samples = await measureInChild(who, { url, domain, token, rounds: String(ROUNDS) });
        if (samplesOf(samples, 'users').some(users => users !== USERS))
          throw new Error(`${who} does not list all users`);
        const requests = control.requests.length / (ROUNDS + 1);
        return { requests, bytes: median(samplesOf(samples, 'bytes')), cpuMs: median(samplesOf(samples, 'cpuMs')) };
      };
      const [ours, sdk] = [await measure('listOurs'), await measure('listSdk')];
      return {
        figures: [
          {
            id: 'list.requests',
            what: 'requests, beyond those of the SDK',
            value: ours.requests - sdk.requests,
            unit: 'requests',
            beside: both(ours.requests, sdk.requests, 'requests'),
            aim: { atMost: 0 },
          },
          ratio('bytes', 'bytes of the answers', ours.bytes / 1000, sdk.bytes / 1000, 'KB'),
          ratio('cpu', 'CPU', ours.cpuMs, sdk.cpuMs, 'ms'),
        ],
      };
    }),
};

function ratio(name: string, what: string, ours: number, sdk: number, unit: Unit): Figure {
  return {
    id: `list.${name}`,
    what: `${what}, to those of the SDK`,
    value: ours / sdk,
    unit: '×',
    beside: both(ours, sdk, unit),
    aim: { atMost: 1 },
  };
}

function both(ours: number, sdk: number, unit: Unit) {
  return [
    { name: 'ours', value: ours, unit },
    { name: 'auth0 SDK', value: sdk, unit },
  ];
}

async function sampled(rounds: number, list: () => Promise<Listed>) {
  // The first one loads and compiles.
  await list();
  const samples = { users: [] as number[], bytes: [] as number[], cpuMs: [] as number[] };
  for (let i = 0; i < rounds; i++) {
    const before = process.cpuUsage();
    const { users, bytes } = await list();
    const { user, system } = process.cpuUsage(before);
    samples.users.push(users);
    samples.bytes.push(bytes);
    samples.cpuMs.push((user + system) / 1000);
  }
  return samples;
}

export const listOurs: Measurement = async ({ url = '', domain = '', token = '', rounds = '1' }) => {
  const parsed = parseTenantDomain(domain);
  if (!parsed) throw new Error(`${domain} is no domain`);
  const { createUndiciTransport } = await import('../../src/management/http/undiciTransport');
  const undici = createUndiciTransport();
  let bytes = 0;
  const transport: Transport = {
    request: async (request, signal) => {
      const result = await undici.request(request, signal);
      if ('header' in result) bytes += Number(result.header('content-length'));
      return result;
    },
    close: () => undici.close(),
  };
  const client = createManagementClient({ tenant: tenantOf(parsed, url), tokens: staticToken(token), transport });
  return sampled(Number(rounds), async () => {
    bytes = 0;
    const list = new UserList(parsed, {
      pageSize: () => PER_PAGE,
      fetch: (page, signal) => fetchUsers(client, page, signal),
    });
    await list.ensureLoaded();
    while (list.hasMore) await list.loadMore();
    return { users: list.users.length, bytes };
  });
};

export const listSdk: Measurement = async ({ url = '', token = '', rounds = '1' }) => {
  const { ManagementClient }: typeof import('auth0') = require('auth0');
  let bytes = 0;
  // The SDK speaks https only: its requests are turned to the sandbox.
  const plain: typeof fetch = async (input, init) => {
    const response = await fetch(String(input).replace(/^https:/, 'http:'), init);
    bytes += Number(response.headers.get('content-length'));
    return response;
  };
  const { users } = new ManagementClient({ domain: new URL(url).host, token, fetch: plain });
  return sampled(Number(rounds), async () => {
    bytes = 0;
    let listed = 0;
    for await (const _user of await users.list({ per_page: PER_PAGE, include_totals: true })) {
      // Its pager would ask for one page more, which the service refuses: it gives 1,000 and no more.
      if (++listed === USERS) break;
    }
    return { users: listed, bytes };
  });
};
