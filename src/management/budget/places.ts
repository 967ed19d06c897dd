// What a request asks of the queue, and what it gets.
import type { HeaderOf } from '../http/retry';
import type { Clock } from './clock';
import type { Priority } from './lanes';

/** A request on its way. One of the two is called when it has ended. */
export interface Place {
  answered(status: number, header: HeaderOf): void;
  /** @param mayCount the request may have reached the server */
  failed(mayCount: boolean): void;
}

/** Room for several requests that nobody else can take between them. What is not used is given back by itself. */
export interface Places {
  /** Waits for nothing. None if answers have told meanwhile that the room is not there. */
  next(route: string): Place | NoPlace;
}

export interface QueueOptions {
  readonly clock?: Clock;
  /** The share of each limit, 0 to 1, that only requests of the user may use. */
  readonly reserve?: () => number;
  /** 0 to 1, see retryDelayMs. */
  readonly random?: () => number;
}

/** What waits, and what becomes of it. */
export interface Waiting {
  readonly priority: Priority;
  readonly signal?: AbortSignal | undefined;
  /**
   * Called when a request of the user has to wait so long from now on, and again if it turns out to be longer. Infinity: until
   * requests on their way are answered.
   */
  readonly onWait?: ((delayMs: number) => void) | undefined;
}

/** Why a request does not get a place. */
export type NoPlace =
  | { readonly reason: 'cancelled' }
  /** The room is too far away to wait for it. A request of the user is sent all the same: the service may know better. */
  | { readonly reason: 'tooLong' | 'noRoom'; readonly delayMs: number };
