// The ExtensionContext of an extension that has one tenant, signed in with a token.
import { parseTenantDomain, tenantOf } from '../../../src/management/tenant';
import { encodeSecret, secretKey } from '../../../src/tenants/record';

export interface TenantAccess {
  readonly url: string;
  readonly domain: string;
  readonly token: string;
}

/** Without a tenant where `access` is undefined. `storage` is where the extension may write. */
export function contextOf(storage: string, access?: TenantAccess): object {
  const state = new Map<string, unknown>();
  const secrets = new Map<string, string>();
  if (access) {
    const domain = parseTenantDomain(access.domain);
    if (!domain) throw new Error(`${access.domain} is no domain`);
    const tenant = tenantOf(domain, access.url);
    state.set('auth0Metadata.tenants', [{ ...tenant, kind: 'token' }]);
    secrets.set(secretKey(domain), encodeSecret(tenant, { kind: 'token', token: access.token }));
  }
  return {
    subscriptions: [],
    extensionMode: 1,
    globalStorageUri: { fsPath: storage },
    globalState: {
      get: (key: string) => state.get(key),
      update: async (key: string, value: unknown) => state.set(key, value),
    },
    secrets: {
      get: async (key: string) => secrets.get(key),
      store: async (key: string, value: string) => secrets.set(key, value),
      delete: async (key: string) => secrets.delete(key),
      onDidChange: () => ({ dispose: () => undefined }),
    },
  };
}
