// What every file system of ours needs for a save: the way to the tenant, and who is asked what.
import type { Abilities } from '../../management/auth/scopes';
import type { TenantDomain } from '../../management/tenant';
import type { Clients } from '../../saving/clients';
import type { ConfirmPolicy } from '../../saving/confirmPolicy';
import { type Renew, renewFor, type SignIn } from '../../saving/signIn';
import type { Dialogs } from '../../shell/dialogs';
import type { RequestScope } from '../../shell/requestScope';

/** What signs in again for a save. @returns throws ManagementError if the new token lacks the scope */
export function renewForSave(
  { clients, signIn }: Pick<SaveParts, 'clients' | 'signIn'>,
  tenant: TenantDomain,
  ability: keyof Abilities,
): Renew {
  return renewFor(ability, signIn.attempt(tenant, ability), () => clients.learnClaims(tenant));
}

export interface SaveParts {
  readonly clients: Clients;
  readonly dialogs: Dialogs;
  readonly signIn: SignIn;
  readonly requests: RequestScope;
  /** When a save on this tenant asks. */
  readonly policyOf: (tenant: TenantDomain) => ConfirmPolicy;
  /** Where the tenant is and what it is for: an answer of before counts only if that is the same. */
  readonly identityOf: (tenant: TenantDomain) => string;
  /**
   * Asks to unlock a locked tenant that a save waits for.
   *
   * @throws ManagementError where the token is known to lack the scope: the save would fail all the same
   */
  readonly unlock: (tenant: TenantDomain, ability: keyof Abilities) => Promise<boolean>;
}
