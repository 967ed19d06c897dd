// What saving needs of the way into a tenant.

import type { TokenClaims } from '../management/auth/token';
import type { ManagementClient } from '../management/client';
import type { TenantDomain } from '../management/tenant';

export interface Clients {
  /** @throws ManagementError of kind `unauthorized` where the tenant is unknown or signed out */
  client(domain: TenantDomain): Promise<ManagementClient>;
  /** Without any I/O; undefined where the token has not been looked at yet. */
  knownClaims(domain: TenantDomain): TokenClaims | undefined;
}
