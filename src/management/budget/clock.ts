// The local clock with its timer, and the server's clock as far as its answers tell it.
import { type HeaderOf, parseDate, toldDelayMs } from '../http/retry';

export interface Clock {
  /** Milliseconds since 1970. Never goes back, so a corrected system clock ends no wait early and makes none longer. */
  nowMs(): number;
  /** Calls `task` once. @returns a function that calls it off */
  after(delayMs: number, task: () => void): () => void;
}

export const systemClock: Clock = {
  nowMs: () => performance.timeOrigin + performance.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

export interface Reset {
  /** `x-ratelimit-reset`, in seconds since 1970 by the server's clock; undefined if another header told the time. */
  readonly resetS: number | undefined;
  /** By the local clock, and never too early. */
  readonly resetAtMs: number;
}

/** For a `date` that was written a moment before its answer: servers write it again only once a second. */
const DATE_LAG_MS = 250;

/**
 * How far the local clock is ahead of the server's. Each answer bounds it: its `date`, which is in whole seconds, was written
 * between the sending and the arrival. Many answers together tell it to a few milliseconds, one alone to a second.
 */
export class ServerClock {
  #aheadAtLeastMs = Number.NEGATIVE_INFINITY;
  #aheadAtMostMs = Number.POSITIVE_INFINITY;
  /** Of the last request and its answer. */
  #onTheWayMs = 0;

  /**
   * When the window of the answer ends, by the local clock; undefined if the answer does not tell, or not plausibly. Never
   * too early if the server's `date` and its `x-ratelimit-reset` are of one clock.
   */
  resetOf(header: HeaderOf, sentAtMs: number, nowMs: number): Reset | undefined {
    const dateMs = parseDate(header('date'));
    const delayMs = toldDelayMs(header, nowMs);
    if (delayMs === undefined) return undefined;
    const resetS = resetOf(header);
    if (dateMs === undefined || resetS === undefined) {
      return { resetS, resetAtMs: nowMs + delayMs };
    }
    this.#learn(dateMs, sentAtMs, nowMs);
    return { resetS, resetAtMs: resetS * 1000 + this.#aheadAtMostMs };
  }

  /** How much too late the reset may be told, in ms, beyond the time on the way, which no answer can tell. */
  get uncertaintyMs(): number {
    const ms = this.#aheadAtMostMs - this.#aheadAtLeastMs - this.#onTheWayMs;
    return ms < Number.POSITIVE_INFINITY ? Math.max(0, ms) : 0;
  }

  #learn(dateMs: number, sentAtMs: number, nowMs: number): void {
    this.#onTheWayMs = nowMs - sentAtMs;
    const [atLeast, atMost] = [sentAtMs - dateMs - 1000, nowMs - dateMs];
    const contradicts = atMost + DATE_LAG_MS < this.#aheadAtLeastMs || atLeast - DATE_LAG_MS > this.#aheadAtMostMs;
    // One of the clocks was set, or the machine has slept.
    this.#aheadAtLeastMs = contradicts ? atLeast : Math.max(this.#aheadAtLeastMs, atLeast);
    this.#aheadAtMostMs = contradicts ? atMost : Math.min(this.#aheadAtMostMs, atMost);
  }
}

/** undefined if it is missing or odd, or `retry-after` speaks in its place. */
function resetOf(header: HeaderOf): number | undefined {
  const reset = header('x-ratelimit-reset')?.trim();
  if (header('retry-after') !== undefined || reset === undefined || !/^\d{1,12}$/.test(reset)) return undefined;
  return Number(reset);
}
