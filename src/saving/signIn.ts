// Signing in again while something waits for it, as far as saving knows it. Independent of VS Code.

import { isSignInNeeded, type ManagementError } from '../management/errors';
import type { TenantDomain } from '../management/tenant';

export interface SignIn {
  /** Call when something begins that needs a token. `waiting` is what the question says about it. */
  attempt(tenant: TenantDomain, waiting: 'save' | 'read'): Renew;
}

/**
 * Asks a person for other credentials, one question for all that wait for the same tenant. Does not ask if the credentials
 * have changed since the attempt began, or a person has already said no since.
 *
 * @returns whether there are other credentials: then everything begins again
 */
export type Renew = (refused: ManagementError) => Promise<boolean>;

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
