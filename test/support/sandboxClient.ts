// The client on a sandbox with three users, two of them with ids that break careless URLs.
import type { TestContext } from 'node:test';
import type { Credentials } from '../../src/management/auth/credentials';
import { tokenProviderOf } from '../../src/management/auth/tokenProvider';
import type { RequestQueue } from '../../src/management/budget/requestQueue';
import { createManagementClient } from '../../src/management/client';
import type { RequestObserver } from '../../src/management/http/send';
import { createUndiciTransport } from '../../src/management/http/undiciTransport';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/http/server';
import { isObject } from '../../src/sandbox/json';
import type { IdleTime } from './idleTime';
import { tenantAt } from './management';

export const ID = 'auth0|5f7c8ec7c33c6c004bbafe82';
export const USERS = [
  { user_id: ID, email: 'jane.doe@example.com', name: 'Jane Doe', user_metadata: { hobby: 'surfing' } },
  { user_id: 'samlp|conn|john@example.com', email: 'john@example.com', name: 'John Smith', nickname: 'jo"hn' },
  { user_id: 'auth0|with%3A#/?', email: 'odd@example.org', name: 'Odd: (One)' },
];

export interface SandboxSetup extends SandboxOptions {
  readonly credentials?: (sandbox: Sandbox) => Credentials;
  readonly observer?: RequestObserver;
  readonly queue?: RequestQueue;
  /** In which the sandbox and the queue live. */
  readonly time?: IdleTime;
}

export async function openSandbox(
  t: TestContext,
  { credentials, observer, queue, time, ...options }: SandboxSetup = {},
) {
  const sandbox = await startSandbox({
    recordBodies: true,
    ...(options.count === undefined ? { users: USERS } : {}),
    ...(time && { now: () => time.nowMs() }),
    ...options,
  });
  const real = createUndiciTransport();
  const transport = time?.holdBy(real) ?? real;
  t.after(async () => {
    await sandbox.close();
    await transport.close();
  });
  const tenant = tenantAt(sandbox.url, sandbox.domain);
  const given = credentials?.(sandbox) ?? { kind: 'token', token: sandbox.token };
  const tokens = tokenProviderOf(given, { tenant, transport, observer });
  const client = createManagementClient({ tenant, tokens, transport, observer, queue });
  return { sandbox, client, tokens };
}

/** A root key of the `user_metadata` that the server holds. */
export function held(sandbox: Sandbox, id: string, key: string): unknown {
  const metadata = sandbox.control.user(id)?.user_metadata;
  return isObject(metadata) ? metadata[key] : undefined;
}
