// What the client does in the queue: a wait is told, and the want of a place becomes an error.
import { ManagementError } from '../errors';
import { cancelledWhileWaiting } from '../http/failures';
import { type RequestObserver, type SendRequest, whatOf } from '../http/send';
import type { Priority } from './lanes';
import type { NoPlace, Place, Places } from './places';
import type { RequestQueue } from './requestQueue';

/**
 * Waits for the place of each attempt of a request.
 *
 * @returns throws ManagementError `cancelled`; `rateLimited` if it is not of the user and would have to wait for too long
 */
export function entering(
  queue: RequestQueue,
  request: Pick<SendRequest, 'method' | 'route'>,
  priority: Priority,
  observer: RequestObserver | undefined,
  signal: AbortSignal | undefined,
): (attempt: number) => Promise<Place> {
  const what = whatOf(request);
  const turn = queue.turn();
  return async attempt => {
    const onWait = telling(observer, attempt - 1, signal);
    return given(what, await queue.enter(what, turn, { priority, signal, onWait }));
  };
}

/** Waits for the places of a save. @throws ManagementError `cancelled` */
export async function holding(
  queue: RequestQueue,
  requests: number,
  observer: RequestObserver | undefined,
  signal: AbortSignal | undefined,
): Promise<Places> {
  const onWait = telling(observer, 0, signal);
  return given('rate limit', await queue.hold(requests, { signal, onWait }));
}

/** The next request of a save. @throws ManagementError `rateLimited` with `again` if it would be refused */
export async function nextOf(places: Places, request: Pick<SendRequest, 'method' | 'route'>): Promise<Place> {
  const what = whatOf(request);
  return given(what, places.next(what));
}

function telling(observer: RequestObserver | undefined, attempt: number, signal: AbortSignal | undefined) {
  return (delayMs: number) => {
    if (Number.isFinite(delayMs)) observer?.onWait?.(delayMs, attempt, signal);
    else observer?.onBlocked?.(signal);
  };
}

function given<T extends object>(what: string, place: T | NoPlace): T {
  if (!('reason' in place)) return place;
  if (place.reason === 'cancelled') throw cancelledWhileWaiting(what);
  const { reason, delayMs } = place;
  const retryAfterMs = Number.isFinite(delayMs) ? delayMs : undefined;
  const again = reason === 'noRoom';
  throw new ManagementError(`${what}: not sent`, { kind: 'rateLimited', outcome: 'notSent', retryAfterMs, again });
}
