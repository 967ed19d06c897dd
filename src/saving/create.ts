// Creates a user. Independent of VS Code.

import type { Clock } from '../management/budget/clock';
import { isRefusing } from '../management/environment';
import { refusedByLock } from '../management/errors';
import type { UserProfile } from '../management/resources/users';
import type { TenantDomain } from '../management/tenant';
import { type AccessQuestions, beginAgain } from './beginAgain';
import type { Clients } from './clients';
import type { ConfirmPolicy } from './confirmPolicy';

export interface CreateRequest {
  readonly tenant: TenantDomain;
  /** JSON, sent unchanged. */
  readonly body: string;
  /** Read each time before something is sent: it may have changed while the request waited. */
  readonly policy: () => ConfirmPolicy;
  /** Is sent with the request. */
  readonly correlationId?: string | undefined;
  readonly clock?: Pick<Clock, 'nowMs'> | undefined;
}

export interface CreateQuestions extends AccessQuestions {
  /** What the question says of the tenant: an answer counts only as long as it would say the same. */
  about(): string;
  /** Resolves with whether the user may be created. */
  confirm(): Promise<boolean>;
}

/**
 * Creates a user with one POST, which is never sent again once it may have been taken in. Nothing waits between the last look
 * at the tenant and the POST: after every wait (a question, a rate limit, a refused token, a new sign-in, a lock) everything
 * begins again, for the tenant may be for production by now, or have moved.
 *
 * @returns undefined if the user said no
 * @throws ManagementError; with outcome `unknown` if the user may have been created
 */
export async function createUser(
  request: CreateRequest,
  clients: Pick<Clients, 'client' | 'lockState'>,
  questions: CreateQuestions,
  signal?: AbortSignal,
): Promise<UserProfile | undefined> {
  const { tenant, body, policy, correlationId, clock } = request;
  let confirmed: string | undefined;
  const mustAsk = () => policy() === 'always' && confirmed !== questions.about();
  return beginAgain(attempt, questions, clock);

  async function attempt(): Promise<UserProfile | 'answered' | undefined> {
    const lock = clients.lockState(tenant);
    if (isRefusing(lock)) throw refusedByLock('POST', lock);
    if (mustAsk()) {
      const about = questions.about();
      if (!(await questions.confirm())) return undefined;
      confirmed = about;
      return 'answered';
    }
    const client = await clients.client(tenant);
    const ready = await client.ready(1, signal);
    // Getting the client and the room took time.
    if ((await clients.client(tenant)) !== client || mustAsk()) return 'answered';
    return client.createUser(body, signal, { ready, correlationId });
  }
}
