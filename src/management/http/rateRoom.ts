// What the answers so far tell of the room in a tenant's rate limit. Pure but for what it remembers.
import { type HeaderOf, MAX_WAIT_MS, retryDelayMs, toldDelayMs } from './retry';

interface Window {
  remaining: number;
  readonly limit: number;
  readonly resetAtMs: number;
}

/** Reads and writes have limits of their own on most plans, and share one on the free plan. */
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
   * How long until `requests` more may be expected to pass, in ms; 0 where nothing speaks against it. Each limit must have
   * room for all of them, as it may be the one that they share. A wait that is longer than any is waited for counts as
   * none: the service will say so itself.
   */
  delayMs(requests: number, nowMs: number): number {
    let delayMs = 0;
    for (const { remaining, limit, resetAtMs } of this.#windows.values()) {
      if (remaining < Math.min(requests, limit)) delayMs = Math.max(delayMs, resetAtMs - nowMs);
    }
    return delayMs <= MAX_WAIT_MS ? delayMs : 0;
  }

  /** `requests` are about to be sent: until an answer tells more, they count. */
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
