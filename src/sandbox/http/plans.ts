// The rate limits of Auth0's plans, as its documentation gives them.
import type { RouteName } from '../service/router';
import type { BucketSize } from './bucket';

export const PLANS = ['free', 'essentials', 'enterprise', 'nonproduction'] as const;
export type Plan = (typeof PLANS)[number];

/** `management`: all requests to the Management API that have no other bucket. */
export const BUCKET_NAMES = ['management', 'readUsers', 'writeUsers', 'token'] as const;
export type BucketName = (typeof BUCKET_NAMES)[number];

/** A route whose bucket a plan does not have counts in `management`. */
export type BucketSizes = Readonly<Partial<Record<BucketName, BucketSize>> & Record<'management', BucketSize>>;

export const bucketSize = (burst: number, requests: number, perMs = 1_000): BucketSize => ({ burst, requests, perMs });

const MINUTE_MS = 60_000;

/** Tokens come from the Authentication API, which has limits of its own. */
export const PLAN_BUCKETS: Readonly<Record<Plan, BucketSizes>> = {
  free: { management: bucketSize(2, 2), token: bucketSize(30, 30) },
  essentials: {
    management: bucketSize(50, 16),
    readUsers: bucketSize(40, 500, MINUTE_MS),
    writeUsers: bucketSize(20, 200, MINUTE_MS),
    token: bucketSize(25, 25),
  },
  enterprise: { management: bucketSize(50, 16), token: bucketSize(100, 100) },
  nonproduction: { management: bucketSize(10, 2), token: bucketSize(100, 100) },
};

const BUCKET_OF_ROUTE: Readonly<Partial<Record<RouteName, BucketName>>> = {
  list: 'readUsers',
  get: 'readUsers',
  byEmail: 'readUsers',
  create: 'writeUsers',
  patch: 'writeUsers',
  delete: 'writeUsers',
  token: 'token',
};

/** @param route undefined: a request to no route, which counts as well */
export function bucketOf(route: RouteName | undefined): BucketName {
  return (route && BUCKET_OF_ROUTE[route]) ?? 'management';
}
