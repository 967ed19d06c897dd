// The argument of `auth0Metadata.addTenant`, from other extensions, keybindings and tests.

import { isRecord } from '../../json/plain';
import { type Credentials, cleanKey, cleanToken } from '../../management/auth/credentials';
import { type TokenProblem, tokenProblem } from '../../management/auth/tokenProblem';
import {
  httpDomain,
  isLoopback,
  loopbackOrigin,
  parseTenantDomain,
  type Tenant,
  tenantOf,
} from '../../management/tenant';

export interface NewTenant {
  readonly tenant: Tenant;
  readonly credentials: Credentials;
}

/** What is missing or wrong; `url`: only a sandbox on this machine is reached by a URL of its own. */
export type AddTenantProblem = 'domain' | 'https' | 'url' | 'credentials';

/** A token that the tenant cannot accept. */
export interface WrongToken {
  readonly tenant: Tenant;
  readonly problem: TokenProblem;
}

const SANDBOX_DOMAIN = 'sample-tenant.localhost';

/**
 * Reads `{domain | url, token | clientId + clientSecret, audience?}`. With both a URL and a domain, the domain is the
 * tenant's name; with both a token and client credentials, the token is used.
 */
export function parseAddTenantArgs(args: unknown): NewTenant | WrongToken | AddTenantProblem {
  const { domain, url, token, clientId, clientSecret, audience } = isRecord(args) ? args : {};
  const parsed = parseTenantDomain(text(domain) ?? (url === undefined ? '' : SANDBOX_DOMAIN));
  if (parsed === undefined) return httpDomain(text(domain) ?? '') === undefined ? 'domain' : 'https';
  const sandboxOrigin = url === undefined ? undefined : loopbackOrigin(text(url) ?? '');
  if (url !== undefined && sandboxOrigin === undefined) return 'url';
  const credentials = toCredentials(text(token), text(clientId), text(clientSecret), text(audience));
  if (credentials === undefined) return 'credentials';
  const tenant = tenantOf(parsed, sandboxOrigin);
  const problem = credentialsProblem(tenant, credentials, Date.now());
  return problem ? { tenant, problem } : { tenant, credentials };
}

/** What can be known before anything is sent. What a sandbox on this machine accepts is its own affair. */
export function credentialsProblem(tenant: Tenant, credentials: Credentials, nowMs: number): TokenProblem | undefined {
  return credentials.kind === 'client' || isLoopback(tenant.origin)
    ? undefined
    : tokenProblem(credentials.token, tenant.domain, nowMs);
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
  const [id, secret] = [cleanKey(clientId ?? ''), cleanKey(clientSecret ?? '')];
  if (id === '' || secret === '') return undefined;
  const pair = { kind: 'client', clientId: id, clientSecret: secret } as const;
  return audience?.trim() ? { ...pair, audience: audience.trim() } : pair;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
