// What a tenant's row shows, as data.
import { isLoopback, type TenantDomain } from '../../management/tenant';

/** The region in the domain: `US` for acme.auth0.com and acme.us.auth0.com, undefined for a custom domain. */
export function regionOf(domain: TenantDomain): string | undefined {
  const [, region = 'us'] = /^[^.]+(?:\.([a-z]{2}(?:-\d+)?))?\.auth0\.com$/.exec(domain) ?? [];
  return domain.endsWith('.auth0.com') ? region.toUpperCase() : undefined;
}

/** Whose tenant this is at a glance: a sample or a sandbox is never to be taken for the real thing. */
export type TenantSort =
  | { readonly sort: 'sample' }
  | { readonly sort: 'sandbox'; readonly host: string }
  | { readonly sort: 'region'; readonly region: string }
  | { readonly sort: 'custom' };

export function tenantSort(tenant: { domain: TenantDomain; origin: string; kind: string }): TenantSort {
  if (tenant.kind === 'sample') return { sort: 'sample' };
  if (isLoopback(tenant.origin)) return { sort: 'sandbox', host: new URL(tenant.origin).host };
  const region = regionOf(tenant.domain);
  return region === undefined ? { sort: 'custom' } : { sort: 'region', region };
}
