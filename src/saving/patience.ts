// How long a save begins again by itself. Independent of VS Code.
import { type Clock, systemClock } from '../management/budget/clock';
import { ManagementError } from '../management/errors';
import { MAX_WAIT_MS } from '../management/http/retry';

/** After so many failures that no wait cures. */
const MAX_AGAIN = 5;

/**
 * Other clients may take what a save waits for, again and again: that is a wait, which the user sees and can cancel, and no
 * failure. So only the time since the first refusal ends it.
 */
export class Patience {
  readonly #clock: Pick<Clock, 'nowMs'>;
  #failures = 0;
  #refusedAtMs: number | undefined;

  constructor(clock: Pick<Clock, 'nowMs'> = systemClock) {
    this.#clock = clock;
  }

  /** Whether the save begins again after this error. */
  bears(error: unknown): boolean {
    if (!ManagementError.is(error) || !error.again) return false;
    if (error.kind !== 'rateLimited') return ++this.#failures <= MAX_AGAIN;
    const nowMs = this.#clock.nowMs();
    this.#refusedAtMs ??= nowMs;
    return nowMs - this.#refusedAtMs <= MAX_WAIT_MS;
  }

  /** After somebody has answered a question. */
  renew(): void {
    this.#failures = 0;
    this.#refusedAtMs = undefined;
  }
}
