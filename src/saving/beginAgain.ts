// How a save, or the creation of a user, begins again after everything that it waited for. Independent of VS Code.
import type { Clock } from '../management/budget/clock';
import { isSignInNeeded } from '../management/errors';
import { Patience } from './patience';
import type { Renew } from './signIn';
import { type Unlock, withUnlock } from './unlock';

/** They give access to a tenant that refuses it. */
export interface AccessQuestions {
  /** The tenant accepts no token. After a new sign-in everything begins again. */
  readonly signIn: Renew;
  /** The tenant is locked. Once it is unlocked, everything begins. */
  readonly unlock: Unlock;
}

/**
 * Runs `attempt` from its beginning after each question that it has asked (`answered`), rate limit, refused token, new
 * sign-in and unlocking: what it knew of the tenant may be so no more.
 *
 * @throws what `attempt` throws, if nothing of that is the reason, or nobody helps
 */
export async function beginAgain<T>(
  attempt: () => Promise<T | 'answered'>,
  { signIn, unlock }: AccessQuestions,
  clock?: Pick<Clock, 'nowMs'>,
): Promise<T> {
  const patience = new Patience(clock);
  for (;;) {
    try {
      const outcome = await withUnlock(unlock, attempt);
      if (outcome !== 'answered') return outcome;
    } catch (error) {
      if (patience.bears(error)) continue;
      // Whether a token is still good is for the service to say: no clock of this computer stops a save.
      if (!isSignInNeeded(error) || !(await signIn(error))) throw error;
    }
    patience.renew();
  }
}
