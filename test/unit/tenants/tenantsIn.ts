// The tenants of a VS Code that is only its secrets and its state: the store, and the way into each.

import assert from 'node:assert/strict';
import type { Credentials } from '../../../src/management/auth/credentials';
import { type AccessToken, parseScopes, type TokenClaims } from '../../../src/management/auth/token';
import { parseTenantDomain, type Tenant, tenantOf } from '../../../src/management/tenant';
import { TenantGuard } from '../../../src/tenants/guard';
import type { AccessHooks } from '../../../src/tenants/openAccess';
import { TenantAccess } from '../../../src/tenants/tenantAccess';
import { TenantStore } from '../../../src/tenants/tenantStore';
import { ExtensionStorage, secretsIn, stateIn } from '../../support/vscode/context';

export function tenant(domain: string, origin?: string): Tenant {
  const parsed = parseTenantDomain(domain);
  assert.ok(parsed);
  return tenantOf(parsed, origin);
}

export const ACME = tenant('acme.eu.auth0.com');
export const SAMPLE = tenant('sample-tenant.localhost', 'http://127.0.0.1:4000');
export const token = (value: string): Credentials => ({ kind: 'token', token: value });

/** A window of its own; all windows of one `shared` are the same VS Code. */
export function tenantsIn(
  shared = new ExtensionStorage(),
  mayMove: () => boolean | Promise<boolean> = () => assert.fail('nothing is asked'),
) {
  const opened: (readonly [origin: string, credentials: Credentials])[] = [];
  const hooks: AccessHooks[] = [];
  const moves: string[] = [];
  const window = { state: stateIn(shared), secrets: secretsIn(shared) };
  const sample = { start: async () => ({ tenant: SAMPLE, token: 'sample' }) };
  const tenants = new TenantStore({
    ...window,
    sample,
    mayMove: async (from, to) => {
      moves.push(`${from.kind} ${from.origin} → ${to.kind} ${to.origin}`);
      return mayMove();
    },
  });
  const access = new TenantAccess({
    store: tenants,
    sample,
    guard: new TenantGuard({ store: tenants, isLocked: () => false, relockMs: () => 0 }),
    openAccess: async (at, credentials, given) => {
      hooks.push(given ?? {});
      opened.push([at.origin, credentials]);
      const claims: TokenClaims = { scopes: parseScopes('read:users'), expiresAtMs: 1 };
      const token: AccessToken = { value: 't', ...claims, renewable: false };
      const getToken = async () => {
        given?.onToken?.(claims);
        return token;
      };
      // Any request begins with a token.
      const client = { tenant: at, getUser: getToken };
      return { client: client as never, tokens: { getToken, invalidate: () => undefined }, limits: () => [] };
    },
  });
  const changes: string[] = [];
  access.onDidChange(({ domain, what }) => changes.push(`${what} ${domain}`));
  return { tenants, access, opened, hooks, changes, moves, shared, window };
}
