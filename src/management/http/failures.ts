// Turns failures and error answers into ManagementError. `what` is the method and the route, without user data.
import { type ErrorKind, ManagementError, type Outcome } from '../errors';
import { MAX_WAIT_MS, toldDelayMs } from './retry';
import { readServiceError } from './serviceMessage';
import type { HttpFailure, HttpResponse } from './transport';

const FAILURE_TEXT = {
  network: 'no connection',
  timeout: 'no answer in time',
  cancelled: 'cancelled',
  tooLarge: 'the answer is too large',
} as const;

/** For a missing or incomplete answer. The outcome is unknown, unless nothing was sent. */
export function errorOfFailure(what: string, failure: HttpFailure): ManagementError {
  return new ManagementError(`${what}: ${FAILURE_TEXT[failure.failure]}`, {
    kind: failure.failure === 'tooLarge' ? 'server' : failure.failure,
    outcome: failure.sent ? 'unknown' : 'notSent',
    code: failure.code,
  });
}

/** For any status but 2xx. */
export function errorOfResponse(what: string, response: HttpResponse, nowMs: number): ManagementError {
  const { status } = response;
  const { errorCode, serviceMessage, path, isAuth0s } = readServiceError(response.text);
  const kind = kindOf(status, errorCode);
  const retryAfterMs = kind === 'rateLimited' ? toldDelayMs(response.header, nowMs) : undefined;
  return new ManagementError(`${what}: ${status}`, {
    kind,
    outcome: outcomeOf(status),
    status,
    errorCode,
    serviceMessage,
    path: status === 400 ? path : undefined,
    retryAfterMs,
    again: kind === 'rateLimited' && (retryAfterMs ?? 0) <= MAX_WAIT_MS,
    isAuth0s,
  });
}

/** For a 2xx without the expected JSON: a gateway's page, a truncated body, another service. */
export function unreadableAnswer(what: string, status: number): ManagementError {
  return new ManagementError(`${what}: ${status}, but the answer cannot be read`, {
    kind: 'server',
    outcome: 'unknown',
    status,
  });
}

/** For a cancelled wait before a retry. Refused, because the earlier attempt was. */
export function cancelledWhileWaiting(what: string): ManagementError {
  return new ManagementError(`${what}: cancelled`, { kind: 'cancelled', outcome: 'refused' });
}

function kindOf(status: number, errorCode: string | undefined): ErrorKind {
  switch (status) {
    case 400:
      // "Bad HTTP authentication header format": a malformed token is a 400 [recorded].
      return errorCode === 'Bearer' ? 'unauthorized' : 'invalid';
    case 401:
      return 'unauthorized';
    case 403:
      return 'forbidden';
    case 404:
      return 'notFound';
    case 408:
      return 'timeout';
    case 409:
      return 'conflict';
    case 429:
      return 'rateLimited';
    default:
      return status >= 400 && status < 500 ? 'invalid' : 'server';
  }
}

/** Redirects and refusals change nothing. 408 and all 5xx can come from a gateway that has forwarded the request. */
function outcomeOf(status: number): Outcome {
  return status >= 300 && status < 500 && status !== 408 ? 'refused' : 'unknown';
}
