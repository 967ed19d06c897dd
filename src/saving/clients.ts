// The access to a tenant that saving needs.

import type { TokenClaims } from '../management/auth/token';
import type { ManagementClient } from '../management/client';
import type { LockState } from '../management/environment';
import type { TenantDomain } from '../management/tenant';

export interface Clients {
  /** @throws ManagementError of kind `unauthorized` if the tenant is unknown or signed out */
  client(domain: TenantDomain): Promise<ManagementClient>;
  /** Claims of the last used token; undefined before the first use. No I/O. */
  knownClaims(domain: TenantDomain): TokenClaims | undefined;
  /** Gets a token, if there is none yet, so that its claims are known. Throws like `client`. */
  learnClaims(domain: TenantDomain): Promise<TokenClaims | undefined>;
  /** Whether the tenant may be changed now. No I/O. */
  lockState(domain: TenantDomain): LockState;
}
