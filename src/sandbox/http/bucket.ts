// One bucket of requests: what is left of it, and when there is more.

/** Holds `burst` requests; `requests` come back in `perMs`. */
export interface BucketSize {
  readonly burst: number;
  readonly requests: number;
  readonly perMs: number;
}

/**
 * `steady`: requests come back one by one, and the reset is when the bucket is full again. The recorded headers of the real
 * service fit this, and no other meaning. `window`: all come back at the reset, in the time in which the steady one fills.
 */
export const REFILLS = ['steady', 'window'] as const;
export type Refill = (typeof REFILLS)[number];

export interface BucketState {
  /** Whether a request could be taken. */
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  readonly resetMs: number;
  /** When a request can be taken next. */
  readonly nextMs: number;
}

export class Bucket {
  readonly #size: BucketSize;
  readonly #refill: Refill;
  /** In parts of a request, `perMs` to one: with whole milliseconds every sum is exact. */
  #left: number;
  #atMs: number;
  #foreignPerSecond = 0;

  /** Full at first. @param nowMs milliseconds since 1970, as in all methods; a clock that goes back stands still here */
  constructor(size: BucketSize, refill: Refill, nowMs: number) {
    this.#size = size;
    this.#refill = refill;
    this.#left = size.burst * size.perMs;
    this.#atMs = nowMs;
  }

  take(nowMs: number): BucketState {
    this.#advance(nowMs);
    const allowed = this.#left >= this.#size.perMs;
    if (allowed) this.#left -= this.#size.perMs;
    return { allowed, limit: this.#size.burst, remaining: Math.floor(this.#left / this.#size.perMs), ...this.#times() };
  }

  /** Other clients take so many requests at once, or all that are left. */
  drain(requests: number, nowMs: number): void {
    this.#advance(nowMs);
    this.#left = Math.max(0, this.#left - requests * this.#size.perMs);
  }

  /** Other clients take requests from now on, evenly and before anybody else; 0 ends it. */
  drainSteadily(perSecond: number, nowMs: number): void {
    this.#advance(nowMs);
    this.#foreignPerSecond = perSecond;
  }

  get #full(): number {
    return this.#size.burst * this.#size.perMs;
  }

  /** Windows begin at whole multiples of this since 1970. */
  get #windowMs(): number {
    return this.#full / this.#size.requests;
  }

  #advance(nowMs: number): void {
    const now = Math.max(this.#atMs, nowMs);
    const foreignPerMs = (this.#foreignPerSecond * this.#size.perMs) / 1000;
    if (this.#refill === 'steady') {
      this.#add((now - this.#atMs) * (this.#size.requests - foreignPerMs));
    } else {
      const windowStartMs = Math.floor(now / this.#windowMs) * this.#windowMs;
      if (windowStartMs > this.#atMs) this.#left = this.#full;
      this.#add(-foreignPerMs * (now - Math.max(this.#atMs, windowStartMs)));
    }
    this.#atMs = now;
  }

  #add(parts: number): void {
    this.#left = Math.min(this.#full, Math.max(0, this.#left + parts));
  }

  #times(): Pick<BucketState, 'resetMs' | 'nextMs'> {
    const { perMs, requests } = this.#size;
    if (this.#refill === 'steady') {
      const missing = Math.max(0, perMs - this.#left);
      return { resetMs: this.#atMs + (this.#full - this.#left) / requests, nextMs: this.#atMs + missing / requests };
    }
    const resetMs = (Math.floor(this.#atMs / this.#windowMs) + 1) * this.#windowMs;
    return { resetMs, nextMs: this.#left >= perMs ? this.#atMs : resetMs };
  }
}
