// Tracks how many requests a tenant's rate limit still allows, from the headers of earlier answers.
import { type HeaderOf, MAX_WAIT_MS, retryDelayMs, toldDelayMs } from './retry';

interface Window {
  remaining: number;
  readonly limit: number;
  readonly resetAtMs: number;
}

/** Reads and writes have separate limits on most plans, and share one on the free plan. */
type Kind = 'reads' | 'writes';

export class RateRoom {
  readonly #windows = new Map<Kind, Window>();
  /** Refusals in a row. */
  readonly #refusals = new Map<Kind, number>();

  /** @param random 0 to 1, see retryDelayMs */
  answered(method: string, status: number, header: HeaderOf, nowMs: number, random: number): void {
    const kind = method === 'GET' ? 'reads' : 'writes';
    const refusals = status === 429 ? (this.#refusals.get(kind) ?? 0) + 1 : 0;
    this.#refusals.set(kind, refusals);
    const window = refusals > 0 ? refusedUntil(header, refusals, nowMs, random) : toldWindow(header, nowMs);
    if (window === undefined) this.#windows.delete(kind);
    else this.#windows.set(kind, window);
  }

  /**
   * Time in ms until `requests` more requests should pass; 0 if they can be sent now. Each limit must have room for all
   * of them, because reads and writes may share it. Also 0 if the wait is over MAX_WAIT_MS: the service will refuse the
   * request and say so itself.
   */
  delayMs(requests: number, nowMs: number): number {
    let delayMs = 0;
    for (const { remaining, limit, resetAtMs } of this.#windows.values()) {
      if (remaining < Math.min(requests, limit)) delayMs = Math.max(delayMs, resetAtMs - nowMs);
    }
    return delayMs <= MAX_WAIT_MS ? delayMs : 0;
  }

  /** Counts `requests` that are about to be sent, until an answer brings new numbers. */
  take(requests: number): void {
    for (const window of this.#windows.values()) window.remaining -= requests;
  }
}

function refusedUntil(header: HeaderOf, refusals: number, nowMs: number, random: number): Window {
  return { remaining: 0, limit: 1, resetAtMs: nowMs + retryDelayMs(header, refusals, nowMs, random) };
}

function toldWindow(header: HeaderOf, nowMs: number): Window | undefined {
  const [remaining, limit] = [count(header('x-ratelimit-remaining')), count(header('x-ratelimit-limit'))];
  const delayMs = toldDelayMs(header, nowMs);
  if (remaining === undefined || limit === undefined || delayMs === undefined) return undefined;
  return { remaining, limit, resetAtMs: nowMs + delayMs };
}

function count(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text) : undefined;
}
