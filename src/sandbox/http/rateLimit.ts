// Counts requests per second, and makes the rate limit headers of every answer.

/** Announced if there is no limit: too high for a client to slow down because of the headers. */
const UNLIMITED = 10_000;

export interface RateLimitState {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** UNIX seconds. */
  readonly resetS: number;
}

/** A fixed window of one second, as `x-ratelimit-reset` in whole seconds implies. */
export class RateLimit {
  readonly #perSecond: number | undefined;
  #windowS = 0;
  #used = 0;

  constructor(perSecond?: number) {
    this.#perSecond = perSecond;
  }

  take(nowMs = Date.now()): RateLimitState {
    const nowS = Math.floor(nowMs / 1000);
    if (nowS !== this.#windowS) {
      this.#windowS = nowS;
      this.#used = 0;
    }
    const limit = this.#perSecond ?? UNLIMITED;
    const allowed = this.#perSecond === undefined || this.#used < limit;
    this.#used++;
    const floor = this.#perSecond === undefined ? 1 : 0;
    return { allowed, limit, remaining: Math.max(floor, limit - this.#used), resetS: nowS + 1 };
  }
}

export function rateLimitHeaders(state: RateLimitState, skewMs = 0): Readonly<Record<string, string>> {
  return {
    'x-ratelimit-limit': String(state.limit),
    'x-ratelimit-remaining': String(state.remaining),
    'x-ratelimit-reset': String(state.resetS + Math.round(skewMs / 1000)),
  };
}
