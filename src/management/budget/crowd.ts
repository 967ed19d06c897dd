// Keeps saves out of step with other clients that draw on the same limit.
import { MAX_WAIT_MS } from '../http/retry';

/** Whatever the answers say, a save that begins again has paused. */
const AT_LEAST_LATER_MS = 50;

/** Twice the time in which the smallest plan is full again. */
const AT_MOST_LATER_MS = 2_000;

/**
 * A save that finds its room taken has cost a request itself. Where others take most of a limit, tries as soon as answers allow
 * them take the rest, and none finds room for both its requests. So the next one comes later than it might, by chance.
 */
export class Crowd {
  readonly #random: () => number;
  #untilMs = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  /**
   * @param delayMs until there is room by all that is known and waited for; Infinity if only answers that are still to come can
   *   tell; 0 if nothing is waited for
   */
  met(delayMs: number, nowMs: number): void {
    if (delayMs <= 0) return;
    const laterMs = Math.max(AT_LEAST_LATER_MS, this.#random() * Math.min(2 * delayMs, AT_MOST_LATER_MS));
    this.#untilMs = nowMs + Math.min((Number.isFinite(delayMs) ? delayMs : 0) + laterMs, MAX_WAIT_MS);
  }

  /** In ms, until a save may try again; not above 0 if at once. */
  delayMs(nowMs: number): number {
    return this.#untilMs - nowMs;
  }
}
