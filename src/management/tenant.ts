// A tenant's identity (its domain) and where its API is reached (its origin).

export type TenantDomain = string & { readonly __brand: 'TenantDomain' };

export interface Tenant {
  readonly domain: TenantDomain;
  /** `https://<domain>`, or a loopback origin with its port for a sandbox. No slash at the end. */
  readonly origin: string;
}

/** The dashboard and Auth0's own site, which people paste by mistake. */
const NOT_TENANTS: ReadonlySet<string> = new Set(['auth0.com', 'www.auth0.com', 'manage.auth0.com']);

/**
 * A domain as typed or pasted: `Acme.EU.auth0.com`, ` https://acme.eu.auth0.com/api/v2/ `.
 * Undefined if it is not a host name, or has another scheme, a port or credentials.
 */
export function parseTenantDomain(input: string): TenantDomain | undefined {
  const text = input.trim();
  const withScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const authority = /^https:\/\/([^/?#\\]*)/i.exec(withScheme)?.[1];
  // The URL parser would silently drop whitespace and a port of 443.
  if (authority === undefined || /[\s:@]/.test(authority)) return undefined;
  const host = parseUrl(withScheme)?.hostname.replace(/\.$/, '');
  return host !== undefined && isDomain(host) && !NOT_TENANTS.has(host) ? host : undefined;
}

/** The domain of an `http://` URL that would be valid with https; undefined for everything else. */
export function httpDomain(input: string): TenantDomain | undefined {
  const [, rest] = /^\s*http:\/\/(.*)$/is.exec(input) ?? [];
  return rest === undefined ? undefined : parseTenantDomain(`https://${rest}`);
}

/** The tenant of a domain, at its https origin or at a sandbox's loopback origin. */
export function tenantOf(domain: TenantDomain, sandboxOrigin?: string): Tenant {
  return { domain, origin: sandboxOrigin ?? `https://${domain}` };
}

/** `http://127.0.0.1:PORT` from a sandbox's URL (also localhost and [::1]); undefined for every other URL. */
export function loopbackOrigin(url: string): string | undefined {
  const parsed = parseUrl(url.trim());
  if (parsed?.protocol !== 'http:' || parsed.username !== '' || parsed.password !== '') return undefined;
  return isLoopbackHost(parsed.hostname) ? parsed.origin : undefined;
}

/** Whether an origin is on this machine; a proxy must never be used for it. */
export function isLoopback(origin: string): boolean {
  return isLoopbackHost(parseUrl(origin)?.hostname ?? '');
}

/** The `audience` of the Management API. For a custom domain, it is that of the canonical domain, unknown here. */
export function audienceOf(tenant: Tenant): string {
  return `https://${tenant.domain}/api/v2/`;
}

function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
}

/** At least two labels of letters, digits and hyphens, the last not a number: no IP addresses, no single names. */
function isDomain(host: string): host is TenantDomain {
  const label = '[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?';
  return host.length <= 253 && new RegExp(`^(?:${label}\\.)+(?!\\d+$)${label}$`).test(host);
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
