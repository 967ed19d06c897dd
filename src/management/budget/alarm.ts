// One timer, which is set again and again.
import type { Clock } from './clock';

/** A timer is not more exact, and what is left of a sum of fractions is no wait. */
const SHORTEST_WAIT_MS = 1;

export class Alarm {
  readonly #clock: Clock;
  readonly #ring: () => void;
  #atMs = Number.POSITIVE_INFINITY;
  #callOff: (() => void) | undefined;

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  /** Instead of any earlier time. @param atMs by the clock; Infinity for never */
  set(atMs: number): void {
    if (atMs === this.#atMs) return;
    this.#callOff?.();
    this.#atMs = atMs;
    this.#callOff = atMs === Number.POSITIVE_INFINITY ? undefined : this.#after(atMs - this.#clock.nowMs());
  }

  #after(delayMs: number): () => void {
    return this.#clock.after(Math.max(SHORTEST_WAIT_MS, delayMs), () => {
      this.#atMs = Number.POSITIVE_INFINITY;
      this.#ring();
    });
  }
}
