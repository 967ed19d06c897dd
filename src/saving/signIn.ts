// Signing in again while something waits for it, as far as saving knows it. Independent of VS Code.

import { type Abilities, abilitiesOf, lackingScope } from '../management/auth/scopes';
import type { TokenClaims } from '../management/auth/token';
import { isSignInNeeded, type ManagementError } from '../management/errors';
import type { TenantDomain } from '../management/tenant';

/** Something that is to be read, or a save, which needs the ability. */
export type Waiting = 'read' | keyof Abilities;

export interface SignIn {
  /** Call when something begins that needs a token. The question says what waits, and takes nothing that is of no use to it. */
  attempt(tenant: TenantDomain, waiting: Waiting): Renew;
}

/**
 * Asks a person for other credentials, one question for all that wait for the same tenant. Does not ask if the credentials
 * have changed since the attempt began, or a person has already said no since.
 *
 * @returns whether there are other credentials: then everything begins again
 */
export type Renew = (refused: ManagementError) => Promise<boolean>;

/**
 * What the new token is known not to allow is said at once, and not after the questions of what waits for it: somebody may
 * have signed in elsewhere, with less.
 *
 * @param learn gets the claims of the new token
 * @returns throws ManagementError `forbidden` if the token lacks the scope
 */
export function renewFor(ability: keyof Abilities, renew: Renew, learn: () => Promise<TokenClaims | undefined>): Renew {
  return async refused => {
    if (!(await renew(refused))) return false;
    // A token that cannot be had is met again by what waits, with all that is said of it.
    const claims = await learn().catch(() => undefined);
    if (!abilitiesOf(claims?.scopes)[ability]) throw lackingScope(ability);
    return true;
  };
}

/** Runs `task`, and runs it again from its beginning after each new sign-in. @throws what `task` throws in the end */
export async function withSignIn<T>(renew: Renew, task: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await task();
    } catch (error) {
      if (!isSignInNeeded(error) || !(await renew(error))) throw error;
    }
  }
}
