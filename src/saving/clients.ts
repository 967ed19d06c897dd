// What the editor needs to know of tenants. The registry of tenants fits.

import type { Abilities } from '../management/auth/scopes';
import type { TokenClaims } from '../management/auth/token';
import type { ManagementClient } from '../management/client';
import type { TenantDomain } from '../management/tenant';

export interface Clients {
  /** @throws ManagementError of kind `unauthorized` where the tenant is unknown or signed out */
  client(domain: TenantDomain): Promise<ManagementClient>;
  abilities(domain: TenantDomain): Promise<Abilities>;
  /** Without any I/O; undefined where the token has not been looked at yet. */
  knownClaims(domain: TenantDomain): TokenClaims | undefined;
}
