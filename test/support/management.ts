// What the client's tests share: tenants, ids, a transport or a client on a server of the test, the error that came.
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { inspect } from 'node:util';
import { staticToken, type TokenProvider } from '../../src/management/auth/token';
import { RequestQueue } from '../../src/management/budget/requestQueue';
import { createManagementClient, type ManagementClient } from '../../src/management/client';
import type { LockState } from '../../src/management/environment';
import { ManagementError } from '../../src/management/errors';
import type { RequestObserver } from '../../src/management/http/send';
import type { Transport } from '../../src/management/http/transport';
import { createUndiciTransport } from '../../src/management/http/undiciTransport';
import { toUserId, type UserId } from '../../src/management/resources/users';
import { parseTenantDomain, type Tenant, type TenantDomain, tenantOf } from '../../src/management/tenant';
import { type Handler, startServer, type TestServer } from './http';
import type { IdleTime } from './idleTime';

/** Seeded secrets: they must never be seen in an error. */
export const TOKEN = 'seeded-token-hunter2';
export const SECRET = 'seeded-metadata-value';

export function userId(text: string): UserId {
  const id = toUserId(text);
  assert(id);
  return id;
}

export function tenantDomain(name: string): TenantDomain {
  const domain = parseTenantDomain(name);
  assert(domain);
  return domain;
}

export function tenantAt(origin: string, name = 'acme.eu.auth0.com'): Tenant {
  return tenantOf(tenantDomain(name), origin);
}

export interface ClientSetup {
  readonly tokens?: TokenProvider;
  readonly observer?: RequestObserver;
  /** In which the client's queue lives. */
  readonly time?: IdleTime;
  readonly lock?: () => LockState;
  readonly isCurrent?: () => boolean;
  readonly onTokenAnswer?: (isAccepted: boolean) => void;
}

/** A transport, and a server that answers with `handler`; both end with the test. */
export async function openTransport(
  t: TestContext,
  handler: Handler,
  create: () => Transport = createUndiciTransport,
): Promise<{ readonly server: TestServer; readonly transport: Transport }> {
  const server = await startServer(handler);
  const transport = create();
  t.after(async () => {
    await server.close();
    await transport.close();
  });
  return { server, transport };
}

/** A client on a server that answers with `handler`; both end with the test. */
export async function openClient(t: TestContext, handler: Handler, setup: ClientSetup = {}) {
  const server = await startServer(handler);
  return { server, client: clientAt(t, server.origin, setup, () => server.close()) };
}

export function clientAt(
  t: TestContext,
  origin: string,
  { time, ...setup }: ClientSetup = {},
  close?: () => Promise<void>,
): ManagementClient {
  const real = createUndiciTransport();
  const transport = time?.holdBy(real) ?? real;
  const queue = time && new RequestQueue({ clock: time });
  t.after(async () => {
    await close?.();
    await transport.close();
  });
  return createManagementClient({ tenant: tenantAt(origin), tokens: staticToken(TOKEN), transport, queue, ...setup });
}

export async function errorOf(promise: Promise<unknown>): Promise<ManagementError> {
  try {
    await promise;
  } catch (error) {
    assert(ManagementError.is(error), inspect(error));
    return error;
  }
  return assert.fail('nothing was thrown');
}
