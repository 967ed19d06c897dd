// Sends one request with its retries: waits for rate limits, repeats reads, turns other failures into ManagementError.
import { setTimeout as wait } from 'node:timers/promises';
import type { Place } from '../budget/places';
import type { ErrorKind, ManagementError } from '../errors';
import { cancelledWhileWaiting, errorOfFailure, errorOfResponse } from './failures';
import { MAX_WAIT_MS, retryDelayMs } from './retry';
import { type HttpRequest, type HttpResponse, type HttpResult, isFailure, type Transport } from './transport';

/** For a log line: the route has `{id}` instead of a user's id, and no query. */
export interface RequestInfo {
  readonly method: string;
  readonly route: string;
  readonly ms: number;
  readonly status?: number | undefined;
  readonly errorKind?: ErrorKind | undefined;
}

/** `signal` is the signal of the request: the owner of its controller can abort the request. */
export interface RequestObserver {
  /** Called before a pause. `attempt` counts from 1; 0 means before the first one. Aborting `signal` ends the pause. */
  onWait?(delayMs: number, attempt: number, signal: AbortSignal | undefined): void;
  /** Called when a request waits for the answers to others, and nobody knows for how long. */
  onBlocked?(signal: AbortSignal | undefined): void;
  /** Called when the wait for an answer begins; `onEnd` is called when it ends. */
  onStart?(signal: AbortSignal | undefined): void;
  onEnd?(signal: AbortSignal | undefined): void;
  /** Called after each request on the wire, retries included. */
  onRequest?(info: RequestInfo): void;
}

export interface SendRequest extends HttpRequest {
  readonly route: string;
  /** The request changes nothing on the server, so it may be sent twice. */
  readonly repeatable: boolean;
  /** The request is still valid later: after a 429 it waits and is sent again. */
  readonly patient: boolean;
}

const MAX_RATE_LIMIT_WAITS = 5;
const MAX_REPEATS = 2;

/**
 * Resolves with a 2xx answer, throws ManagementError for everything else.
 * With a 429 the service has done nothing, so a patient request is sent again. A repeatable one is also sent again
 * after a 503 or a cut connection (the server may have closed a kept-alive one), but never after a timeout.
 *
 * @param enter waits in the tenant's queue before each attempt, which counts from 1, and so after a 429, too
 */
export async function send(
  transport: Transport,
  request: SendRequest,
  observer: RequestObserver | undefined,
  signal?: AbortSignal,
  enter?: (attempt: number) => Promise<Place>,
): Promise<HttpResponse> {
  const what = whatOf(request);
  for (let attempt = 1; ; attempt++) {
    const place = await enter?.(attempt);
    const startedMs = performance.now();
    observer?.onStart?.(signal);
    const result = await transport.request(request, signal);
    observer?.onEnd?.(signal);
    if (isFailure(result)) place?.failed(result.sent);
    else place?.answered(result.status, result.header);
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
    const waitsInQueue = place !== undefined && !isFailure(result) && result.status === 429;
    if (delayMs > 0 && !waitsInQueue) await pause(what, delayMs, attempt, observer, signal);
  }
}

/** Without user data. */
export function whatOf({ method, route }: Pick<SendRequest, 'method' | 'route'>): string {
  return `${method} ${route}`;
}

function errorOf(what: string, result: HttpResult): ManagementError | undefined {
  if (isFailure(result)) return errorOfFailure(what, result);
  return result.status >= 200 && result.status < 300 ? undefined : errorOfResponse(what, result, Date.now());
}

/** In ms; undefined if the request is not sent again. */
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
async function pause(
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
