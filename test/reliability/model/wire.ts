// The way to the sandbox over real sockets, written down, with faults and with what others do in the meantime.

import assert from 'node:assert/strict';
import type { HttpRequest, HttpResult, Transport } from '../../../src/management/http/transport';
import { isFailure } from '../../../src/management/http/transport';
import { apiError, gatewayHtml, tooManyRequests } from '../../../src/sandbox/answers';
import type { Fault } from '../../../src/sandbox/http/faults';
import type { Sandbox } from '../../../src/sandbox/http/server';
import type { FaultName } from './actions';
import { isObject, type Metadata, metadataIn, type PlainObject, parse } from './plain';

/** One request of a save, as it was on the wire. */
export interface Exchange {
  readonly method: string;
  readonly body: string;
  /** What the client was told; undefined where no readable user came back. */
  readonly answer: Metadata | undefined;
  /** What the server held just before, and just after. */
  readonly before: Metadata | undefined;
  readonly after: Metadata | undefined;
}

export type Moment = 'getSent' | 'getAnswered' | 'patchSent' | 'patchAnswered';

export interface WireEvents {
  /** A request is about to go out, or its answer is about to be handed over. */
  on(moment: Moment): void;
  /** The fault that hits the next request of this kind. */
  fault(method: string): FaultName | undefined;
  held(): Metadata | undefined;
}

/** Answers with a wait of an hour, which the client does not sit out. */
const WAIT = { 'retry-after': '3600' };

export const FAULTS: Readonly<Record<FaultName, Fault | 'timeoutLost' | 'timeoutApplied'>> = {
  resetBefore: { kind: 'resetBeforeRead' },
  resetAfter: { kind: 'resetAfterApply' },
  timeoutLost: 'timeoutLost',
  timeoutApplied: 'timeoutApplied',
  gateway502: { kind: 'answer', answer: gatewayHtml(502) },
  gateway502Applied: { kind: 'answer', answer: gatewayHtml(502), apply: true },
  truncated: { kind: 'truncateJson', framing: 'complete' },
  cut: { kind: 'truncateJson' },
  html: { kind: 'answer', answer: gatewayHtml(200) },
  limited: { kind: 'answer', answer: tooManyRequests(WAIT) },
  invalid: { kind: 'answer', answer: apiError(400, "Payload validation error: 'x' on property user_metadata.a.") },
  unauthorized: { kind: 'answer', answer: apiError(401, 'Expired token received for JSON Web Token validation') },
  forbidden: { kind: 'answer', answer: apiError(403, 'Insufficient scope, expected any of: update:users') },
  notFound: { kind: 'answer', answer: apiError(404, 'The user does not exist.', 'inexistent_user') },
  conflict: { kind: 'answer', answer: apiError(409, 'Conflict') },
  tooLarge: { kind: 'answer', answer: apiError(413, 'Payload content length greater than maximum allowed: 1') },
  serverError: { kind: 'answer', answer: apiError(500, 'An internal server error occurred') },
  unavailable: { kind: 'answer', answer: apiError(503, 'Service Unavailable') },
};

/** Timeouts are made here, without waiting: the client cannot tell, and no clock can make a test fail. */
export function recorded(
  real: Transport,
  sandbox: Sandbox,
  events: WireEvents,
  exchanges: Exchange[],
  flights: Set<Promise<unknown>>,
): Transport {
  return {
    close: () => real.close(),
    request(request, signal) {
      const flight = exchange(request, signal);
      flights.add(flight);
      return flight.finally(() => flights.delete(flight));
    },
  };

  async function exchange(request: HttpRequest, signal: AbortSignal | undefined): Promise<HttpResult> {
    const { method, body = '' } = request;
    const kind = method === 'PATCH' ? 'patch' : 'get';
    events.on(`${kind}Sent`);
    const before = events.held();
    const result = await send(request, signal);
    const answer = isFailure(result) || result.status !== 200 ? undefined : metadataIn(result.text);
    exchanges.push({ method, body, answer, before, after: events.held() });
    events.on(`${kind}Answered`);
    return result;
  }

  async function send(request: HttpRequest, signal: AbortSignal | undefined): Promise<HttpResult> {
    const name = events.fault(request.method);
    const fault = name && FAULTS[name];
    const timeout = { failure: 'timeout', sent: true, code: 'UND_ERR_HEADERS_TIMEOUT' } as const;
    if (fault === 'timeoutLost') return timeout;
    if (fault && fault !== 'timeoutApplied') sandbox.control.fail({ method: request.method, fault });
    const result = await real.request(request, signal);
    return fault === 'timeoutApplied' ? timeout : result;
  }
}

export function bodyOf(patch: Exchange): PlainObject {
  const body = parse(patch.body);
  assert(isObject(body));
  return body;
}
