// The argument of `auth0Metadata.addTenant`, from other extensions, keybindings and tests.
import { type Credentials, cleanToken } from '../management/credentials';
import { isRecord } from '../management/plainJson';
import { loopbackOrigin, parseTenantDomain, type Tenant, tenantOf } from '../management/tenant';

export interface NewTenant {
  readonly tenant: Tenant;
  readonly credentials: Credentials;
}

/** What is missing or wrong; `url`: only a sandbox on this machine is reached by a URL of its own. */
export type AddTenantProblem = 'domain' | 'url' | 'credentials';

const SANDBOX_DOMAIN = 'sample-tenant.localhost';

/**
 * Reads `{domain | url, token | clientId + clientSecret, audience?}`. With both a URL and a domain, the domain is the
 * tenant's name; with both a token and client credentials, the token is used.
 */
export function parseAddTenantArgs(args: unknown): NewTenant | AddTenantProblem {
  const { domain, url, token, clientId, clientSecret, audience } = isRecord(args) ? args : {};
  const parsed = parseTenantDomain(text(domain) ?? (url === undefined ? '' : SANDBOX_DOMAIN));
  if (parsed === undefined) return 'domain';
  const sandboxOrigin = url === undefined ? undefined : loopbackOrigin(text(url) ?? '');
  if (url !== undefined && sandboxOrigin === undefined) return 'url';
  const credentials = toCredentials(text(token), text(clientId), text(clientSecret), text(audience));
  return credentials === undefined ? 'credentials' : { tenant: tenantOf(parsed, sandboxOrigin), credentials };
}

/** Credentials as typed or passed; undefined if they cannot be any. */
export function toCredentials(
  token: string | undefined,
  clientId: string | undefined,
  clientSecret: string | undefined,
  audience: string | undefined,
): Credentials | undefined {
  if (token !== undefined) {
    const clean = cleanToken(token);
    return clean === undefined ? undefined : { kind: 'token', token: clean };
  }
  if (!clientId?.trim() || !clientSecret?.trim()) return undefined;
  const pair = { kind: 'client', clientId: clientId.trim(), clientSecret: clientSecret.trim() } as const;
  return audience?.trim() ? { ...pair, audience: audience.trim() } : pair;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
