// Reads the argument of `auth0Metadata.addTenant`, which other extensions, keybindings and tests pass.
import { isRecord } from '../../json/plain';
import type { Credentials } from '../../management/auth/credentials';
import type { TokenProblem } from '../../management/auth/tokenProblem';
import { httpDomain, loopbackOrigin, parseTenantDomain, type Tenant, tenantOf } from '../../management/tenant';
import type { Answers, SignInMethod } from './method';
import { METHODS } from './methods';

export interface NewTenant {
  readonly tenant: Tenant;
  readonly credentials: Credentials;
}

/** What is missing or wrong. `url`: only a sandbox on this machine can be added by its URL. */
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
  const passed = isRecord(args) ? args : {};
  const { domain, url } = passed;
  const parsed = parseTenantDomain(text(domain) ?? (url === undefined ? '' : SANDBOX_DOMAIN));
  if (parsed === undefined) return httpDomain(text(domain) ?? '') === undefined ? 'domain' : 'https';
  const sandboxOrigin = url === undefined ? undefined : loopbackOrigin(text(url) ?? '');
  if (url !== undefined && sandboxOrigin === undefined) return 'url';
  const tenant = tenantOf(parsed, sandboxOrigin);
  for (const method of Object.values(METHODS)) {
    const answers = answersTo(method, passed);
    if (Object.values(answers).every(answer => answer === undefined)) continue;
    const read = method.read(answers, tenant);
    return read ? { tenant, ...read } : 'credentials';
  }
  return 'credentials';
}

function answersTo({ questions }: SignInMethod, passed: Readonly<Record<string, unknown>>): Answers {
  return Object.fromEntries(questions.map(({ name }) => [name, text(passed[name])]));
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
