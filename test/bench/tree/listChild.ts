// Lists 1,000 users as the tree does, or by the pager of Auth0's own SDK: bytes and CPU.
import { ManagementClient } from 'auth0';
import { staticToken } from '../../../src/management/auth/token';
import { createManagementClient } from '../../../src/management/client';
import type { Transport } from '../../../src/management/http/transport';
import { createUndiciTransport } from '../../../src/management/http/undiciTransport';
import { fetchUsers } from '../../../src/management/listing/fetchUsers';
import { parseTenantDomain, tenantOf } from '../../../src/management/tenant';
import { UserList } from '../../../src/tree/model/userList';
import { runChild } from '../process/child';

/** The most that the service gives a page, for both. */
const PER_PAGE = 100;
const USERS = 1_000;

interface Listed {
  readonly users: number;
  readonly bytes: number;
}

runChild(async ({ who, url = '', domain = '', token = '', rounds = '1' }) => {
  const list = who === 'sdk' ? sdkList(url, token) : treeList(url, domain, token);
  // The first one loads and compiles.
  await list();
  const samples = { users: [] as number[], bytes: [] as number[], cpuMs: [] as number[] };
  for (let i = 0; i < Number(rounds); i++) {
    const before = process.cpuUsage();
    const { users, bytes } = await list();
    const { user, system } = process.cpuUsage(before);
    samples.users.push(users);
    samples.bytes.push(bytes);
    samples.cpuMs.push((user + system) / 1000);
  }
  return samples;
});

function treeList(url: string, domain: string, token: string): () => Promise<Listed> {
  const parsed = parseTenantDomain(domain);
  if (!parsed) throw new Error(`${domain} is no domain`);
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
  return async () => {
    bytes = 0;
    const list = new UserList(parsed, {
      pageSize: () => PER_PAGE,
      fetch: (page, signal) => fetchUsers(client, page, signal),
    });
    await list.ensureLoaded();
    while (list.hasMore) await list.loadMore();
    return { users: list.users.length, bytes };
  };
}

function sdkList(url: string, token: string): () => Promise<Listed> {
  let bytes = 0;
  // The SDK speaks https only: its requests are turned to the sandbox.
  const plain: typeof fetch = async (input, init) => {
    const response = await fetch(String(input).replace(/^https:/, 'http:'), init);
    bytes += Number(response.headers.get('content-length'));
    return response;
  };
  const { users } = new ManagementClient({ domain: new URL(url).host, token, fetch: plain });
  return async () => {
    bytes = 0;
    let listed = 0;
    for await (const _user of await users.list({ per_page: PER_PAGE, include_totals: true })) {
      // Its pager would ask for one page more, which the service refuses: it gives 1,000 and no more.
      if (++listed === USERS) break;
    }
    return { users: listed, bytes };
  };
}
