// One request through its retries: waits for rate limits, tries reads again, turns everything else into ManagementError.
import { setTimeout as wait } from 'node:timers/promises';
import type { ErrorKind, ManagementError } from '../errors';
import { cancelledWhileWaiting, errorOfFailure, errorOfResponse } from './failures';
import { MAX_WAIT_MS, retryDelayMs } from './retry';
import { type HttpRequest, type HttpResponse, type HttpResult, isFailure, type Transport } from './transport';

/** For a log line: the route has `{id}` in place of a user's id, and never a query. */
export interface RequestInfo {
  readonly method: string;
  readonly route: string;
  readonly ms: number;
  readonly status?: number | undefined;
  readonly errorKind?: ErrorKind | undefined;
}

/** `signal` is the one that the request came with: whoever holds its controller can end it. */
export interface RequestObserver {
  /** Before a pause; `attempt` counts from 1, 0 is before the first. Aborting the request's signal ends the pause. */
  onWait?(delayMs: number, attempt: number, signal: AbortSignal | undefined): void;
  /** An answer is waited for from here to `onEnd`. */
  onStart?(signal: AbortSignal | undefined): void;
  onEnd?(signal: AbortSignal | undefined): void;
  /** After each request on the wire, the retried ones too. */
  onRequest?(info: RequestInfo): void;
}

export interface SendRequest extends HttpRequest {
  readonly route: string;
  /** It changes nothing on the server, so that it may be sent twice. */
  readonly repeatable: boolean;
  /** It is so even later: after a 429 it waits, and is sent again. */
  readonly patient: boolean;
}

const MAX_RATE_LIMIT_WAITS = 5;
const MAX_REPEATS = 2;

/**
 * Resolves with a 2xx answer, throws ManagementError for everything else.
 * After a 429 the service did nothing: a patient request is sent again. A repeatable one also after a 503 and after
 * a cut connection (a kept-alive one may have been closed by the server); never after a timeout.
 */
export async function send(
  transport: Transport,
  request: SendRequest,
  observer: RequestObserver | undefined,
  signal?: AbortSignal,
): Promise<HttpResponse> {
  const what = `${request.method} ${request.route}`;
  for (let attempt = 1; ; attempt++) {
    const startedMs = performance.now();
    observer?.onStart?.(signal);
    const result = await transport.request(request, signal);
    observer?.onEnd?.(signal);
    const error = errorOf(what, result);
    observer?.onRequest?.({
      method: request.method,
      route: request.route,
      ms: performance.now() - startedMs,
      status: isFailure(result) ? undefined : result.status,
      errorKind: error?.kind,
    });
    if (error === undefined && !isFailure(result)) return result;
    const delayMs = pauseBeforeRetry(result, request, attempt);
    if (delayMs === undefined || delayMs > MAX_WAIT_MS) throw error;
    if (delayMs > 0) await pause(what, delayMs, attempt, observer, signal);
  }
}

function errorOf(what: string, result: HttpResult): ManagementError | undefined {
  if (isFailure(result)) return errorOfFailure(what, result);
  return result.status >= 200 && result.status < 300 ? undefined : errorOfResponse(what, result, Date.now());
}

/** In ms, or undefined if it is not to be tried again. */
function pauseBeforeRetry(
  result: HttpResult,
  { repeatable, patient }: SendRequest,
  attempt: number,
): number | undefined {
  if (isFailure(result)) {
    const cut = result.failure === 'network' && result.sent;
    return cut && repeatable && attempt <= MAX_REPEATS ? (attempt - 1) * 500 : undefined;
  }
  const waits = patient ? MAX_RATE_LIMIT_WAITS : 0;
  const limit = result.status === 429 ? waits : result.status === 503 && repeatable ? MAX_REPEATS : 0;
  return attempt <= limit ? retryDelayMs(result.header, attempt, Date.now(), Math.random()) : undefined;
}

/** @throws ManagementError `cancelled` */
export async function pause(
  what: string,
  delayMs: number,
  attempt: number,
  observer: RequestObserver | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  observer?.onWait?.(delayMs, attempt, signal);
  try {
    await wait(delayMs, undefined, signal === undefined ? {} : { signal });
  } catch {
    throw cancelledWhileWaiting(what);
  }
}
