// Counts requests in the buckets of a plan, and makes the rate limit headers of every answer.
import type { RouteName } from '../service/router';
import { Bucket, type Refill } from './bucket';
import {
  BUCKET_NAMES,
  type BucketName,
  type BucketSizes,
  bucketOf,
  bucketSize,
  PLAN_BUCKETS,
  type Plan,
} from './plans';

export interface RateLimitOptions {
  /** Rate limits as of one of Auth0's plans; default: no limit. */
  readonly plan?: Plan;
  /** One limit for all requests instead of a plan's: so many at once, and so many a second. */
  readonly rateLimit?: number;
  /** How a limit recovers; default: `steady`. */
  readonly refill?: Refill;
  /** Whether a 429 has a `retry-after` header, which the service sends only sometimes. Default: no. */
  readonly retryAfter?: boolean;
}

/** Other clients of the tenant: `requests` at once, or `perSecond` from now on (0 ends it). Without `bucket`: in every bucket. */
export type ForeignTraffic = { readonly bucket?: BucketName } & (
  | { readonly requests: number }
  | { readonly perSecond: number }
);

export interface RateLimitState {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** UNIX seconds. */
  readonly resetS: number;
  /** Seconds; only where a 429 says it. */
  readonly retryAfterS?: number;
}

/** Announced if there is no limit: too high for a client to slow down because of the headers. */
const UNLIMITED = 10_000;

export class RateLimits {
  readonly #buckets = new Map<BucketName, Bucket>();
  readonly #saysRetryAfter: boolean;
  readonly #now: () => number;

  /** @throws Error for both a plan and a rate limit. */
  constructor({ plan, rateLimit, refill = 'steady', retryAfter = false }: RateLimitOptions, now: () => number) {
    if (plan !== undefined && rateLimit !== undefined) throw new Error('Only one of plan and rateLimit can be given.');
    const one = rateLimit === undefined ? {} : { management: bucketSize(rateLimit, rateLimit) };
    const sizes: Partial<BucketSizes> = plan === undefined ? one : PLAN_BUCKETS[plan];
    for (const name of BUCKET_NAMES) {
      const size = sizes[name];
      if (size) this.#buckets.set(name, new Bucket(size, refill, now()));
    }
    this.#saysRetryAfter = retryAfter;
    this.#now = now;
  }

  take(route: RouteName | undefined): RateLimitState {
    const nowMs = this.#now();
    const bucket = this.#buckets.get(bucketOf(route)) ?? this.#buckets.get('management');
    if (bucket === undefined) {
      return { allowed: true, limit: UNLIMITED, remaining: UNLIMITED - 1, resetS: Math.floor(nowMs / 1000) + 1 };
    }
    const { allowed, limit, remaining, resetMs, nextMs } = bucket.take(nowMs);
    const retryAfterS = Math.ceil((nextMs - nowMs) / 1000);
    return {
      allowed,
      limit,
      remaining,
      // Rounded up, so that it is never too early to come back then.
      resetS: Math.ceil(resetMs / 1000),
      ...(this.#saysRetryAfter && !allowed ? { retryAfterS } : {}),
    };
  }

  /** @throws Error if there is no such bucket. */
  drain(traffic: ForeignTraffic): void {
    const { bucket: wanted } = traffic;
    const buckets = [...this.#buckets].filter(([name]) => wanted === undefined || name === wanted);
    if (buckets.length === 0) throw new Error(`The sandbox has no rate limit${wanted ? ` named ${wanted}` : ''}.`);
    for (const [, bucket] of buckets) {
      if ('requests' in traffic) bucket.drain(traffic.requests, this.#now());
      else bucket.drainSteadily(traffic.perSecond, this.#now());
    }
  }
}

export function rateLimitHeaders(state: RateLimitState, skewMs = 0): Readonly<Record<string, string>> {
  return {
    'x-ratelimit-limit': String(state.limit),
    'x-ratelimit-remaining': String(state.remaining),
    'x-ratelimit-reset': String(state.resetS + Math.round(skewMs / 1000)),
    ...(state.retryAfterS === undefined ? {} : { 'retry-after': String(state.retryAfterS) }),
  };
}
