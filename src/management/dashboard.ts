// The pages of Auth0's dashboard that give a token its scopes.
import type { CredentialsKind } from './auth/credentials';
import type { TenantDomain } from './tenant';

const DASHBOARD = 'https://manage.auth0.com/';

/** Below the Management API, as Auth0's documentation links them: where tokens are copied, and which applications may. */
const PAGES: Readonly<Record<CredentialsKind, string>> = {
  token: 'apis/management/explorer',
  client: 'apis/management/authorized-clients',
  key: 'apis/management/authorized-clients',
};

/**
 * The page for this way of signing in, in the region and tenant that the domain names, as Auth0's own command line builds
 * it. A custom domain and a private cloud name neither: then the dashboard's first page.
 */
export function dashboardUrl(domain: TenantDomain, kind: CredentialsKind): string {
  const [, tenant, region = 'us'] = /^([^.]+)(?:\.([a-z]{2}(?:-\d+)?))?\.auth0\.com$/.exec(domain) ?? [];
  return tenant === undefined ? DASHBOARD : `${DASHBOARD}dashboard/${region}/${tenant}/${PAGES[kind]}`;
}
