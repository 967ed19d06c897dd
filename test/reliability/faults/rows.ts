// Everything that may go wrong between the editor and the service, one row each, and what each must come to.
import type { ErrorKind } from '../../../src/management/errors';
import {
  type Answer,
  apiError,
  expiredToken,
  gatewayHtml,
  internalError,
  tooManyRequests,
} from '../../../src/sandbox/answers';
import type { Fault } from '../../../src/sandbox/http/faults';
import { oauthError } from '../../../src/sandbox/service/token';

/**
 * What becomes of a request, by the rules of the design:
 * - `works`: what was wrong is over after a pause or a second try that the person does not see;
 * - an error kind: the person is told, and the server certainly holds what it held;
 * - `unknown`: a PATCH may have been applied, so the state is read back before anything is said.
 */
export type Outcome = 'works' | 'unknown' | ErrorKind;

export interface FaultRow {
  readonly name: string;
  /** `offline`: nobody listens. */
  readonly fault: Fault | 'offline';
  /** How many requests of the kind are hit; default all. */
  readonly times?: number;
  /** Of GET, of the list and, unless `token` says something else, of the token request. */
  readonly read: Outcome;
  readonly patch: Outcome;
  readonly token?: Outcome;
  /** Whether the PATCH that is hit is carried out. */
  readonly applied?: boolean;
  /** For the token request, where the service words it in another way. */
  readonly tokenFault?: Fault;
  /** It was not Auth0 that answered, and nothing is blamed on Auth0, a token or its scopes. */
  readonly between?: boolean;
  /** Signs in with client credentials instead of a pasted token. */
  readonly renewable?: boolean;
}

const answer = (given: Answer, more: { readonly apply?: boolean } = {}): Fault => ({
  kind: 'answer',
  answer: given,
  bare: true,
  ...more,
});

/** A clock that is off by an hour tells the wait by itself: `x-ratelimit-reset` against its own `date`. */
const skewed = (hours: number): Fault => {
  const atMs = Date.now() + hours * 3_600_000;
  const headers = { date: new Date(atMs).toUTCString(), 'x-ratelimit-reset': String(Math.floor(atMs / 1000)) };
  return answer(tooManyRequests(headers));
};

const broken =
  "Payload validation error: 'Expected type object but found type string' on property user_metadata.hobby.";

export const ROWS: readonly FaultRow[] = [
  { name: 'connection refused', fault: 'offline', read: 'network', patch: 'network' },
  { name: 'reset before the request is read', fault: { kind: 'resetBeforeRead' }, read: 'network', patch: 'unknown' },
  {
    name: 'reset after it was applied',
    fault: { kind: 'resetAfterApply' },
    read: 'network',
    patch: 'unknown',
    applied: true,
  },
  { name: 'reset once', fault: { kind: 'resetBeforeRead' }, times: 1, read: 'works', patch: 'unknown' },
  { name: 'stalled headers', fault: { kind: 'stallHeaders' }, read: 'timeout', patch: 'unknown', applied: true },
  { name: 'stalled body', fault: { kind: 'stallBody' }, read: 'timeout', patch: 'unknown', applied: true },
  {
    name: 'truncated JSON, connection cut',
    fault: { kind: 'truncateJson' },
    read: 'network',
    patch: 'unknown',
    applied: true,
  },
  {
    name: 'truncated JSON, whole answer',
    fault: { kind: 'truncateJson', framing: 'complete' },
    read: 'server',
    patch: 'unknown',
    applied: true,
  },
  { name: 'HTML from a gateway, as 200', fault: answer(gatewayHtml(200)), read: 'server', patch: 'unknown' },
  {
    name: 'HTML from a gateway, as 502, after it was applied',
    fault: answer(gatewayHtml(502), { apply: true }),
    between: true,
    read: 'server',
    patch: 'unknown',
    applied: true,
  },
  {
    name: '302 from a captive portal',
    fault: answer({ status: 302, body: '<html></html>', headers: { location: 'https://portal.example/' } }),
    between: true,
    read: 'server',
    patch: 'server',
  },
  {
    name: '401 from a proxy',
    fault: answer(gatewayHtml(401)),
    between: true,
    read: 'unauthorized',
    patch: 'unauthorized',
  },
  {
    name: '403 from a firewall',
    fault: answer(gatewayHtml(403)),
    between: true,
    read: 'forbidden',
    patch: 'forbidden',
  },
  {
    name: '403 from a firewall, as JSON that quotes a scope',
    fault: answer({ status: 403, body: '{"message":"Insufficient scope, expected any of: update:users"}' }),
    between: true,
    read: 'forbidden',
    patch: 'forbidden',
  },
  { name: '404 from a gateway', fault: answer(gatewayHtml(404)), between: true, read: 'notFound', patch: 'notFound' },
  { name: '413 from a gateway', fault: answer(gatewayHtml(413)), between: true, read: 'invalid', patch: 'invalid' },
  { name: '400 with a path', fault: answer(apiError(400, broken, 'invalid_body')), read: 'invalid', patch: 'invalid' },
  {
    name: '401, the pasted token has expired, and nobody signs in again',
    fault: answer(expiredToken()),
    tokenFault: answer(oauthError(401, 'access_denied', 'Unauthorized')),
    read: 'unauthorized',
    patch: 'unauthorized',
  },
  {
    name: '401 once, with client credentials',
    fault: answer(expiredToken()),
    times: 1,
    tokenFault: answer(oauthError(401, 'access_denied', 'Unauthorized')),
    renewable: true,
    read: 'works',
    patch: 'works',
    token: 'unauthorized',
  },
  {
    name: '403',
    fault: answer(apiError(403, 'Insufficient scope, expected any of: update:users', 'insufficient_scope')),
    tokenFault: answer(oauthError(403, 'access_denied', 'Service not enabled within domain: https://elsewhere/')),
    read: 'forbidden',
    patch: 'forbidden',
  },
  {
    name: '404, the user is gone',
    fault: answer(apiError(404, 'The user does not exist.', 'inexistent_user')),
    tokenFault: answer(apiError(404, 'Not Found')),
    read: 'notFound',
    patch: 'notFound',
  },
  { name: '404 of something else', fault: answer(apiError(404, 'Not Found')), read: 'notFound', patch: 'notFound' },
  { name: '409', fault: answer(apiError(409, 'Conflict')), read: 'conflict', patch: 'conflict' },
  {
    name: '413',
    fault: answer(apiError(413, 'Payload content length greater than maximum allowed: 1048576')),
    read: 'invalid',
    patch: 'invalid',
  },
  {
    name: '429 with headers, for an hour',
    fault: answer(tooManyRequests({ 'retry-after': '3600' })),
    read: 'rateLimited',
    patch: 'rateLimited',
  },
  {
    name: '429 with headers, for a moment',
    fault: answer(tooManyRequests({ 'retry-after': '0' })),
    times: 1,
    read: 'works',
    patch: 'works',
  },
  { name: '429 without headers', fault: answer(tooManyRequests()), times: 1, read: 'works', patch: 'works' },
  {
    name: '429 from a clock that is an hour ahead',
    fault: skewed(1),
    times: 1,
    read: 'works',
    patch: 'works',
  },
  {
    name: '429 from a clock that is an hour behind',
    fault: skewed(-1),
    times: 1,
    read: 'works',
    patch: 'works',
  },
  {
    name: 'a clock that is an hour ahead',
    fault: { kind: 'clockSkew', skewMs: 3_600_000 },
    read: 'works',
    patch: 'works',
  },
  {
    name: 'a clock that is an hour behind',
    fault: { kind: 'clockSkew', skewMs: -3_600_000 },
    read: 'works',
    patch: 'works',
  },
  { name: '500', fault: answer(internalError()), read: 'server', patch: 'unknown' },
  { name: '502', fault: answer(apiError(502, 'Bad Gateway')), read: 'server', patch: 'unknown' },
  {
    name: '503',
    fault: answer({ ...apiError(503, 'Service Unavailable'), headers: { 'retry-after': '0' } }),
    read: 'server',
    patch: 'unknown',
  },
];
