// Direct connections on undici. A bundle of its own, loaded with the first request: it is larger than all the rest of the extension.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Agent, type Dispatcher } from 'undici';
import {
  codeOf,
  DEFAULT_TIMEOUT_MS,
  failureKindOf,
  type HttpFailure,
  type HttpRequest,
  type HttpResult,
  MAX_RESPONSE_BYTES,
  type Transport,
} from './transport';

export interface UndiciOptions {
  readonly connectTimeoutMs?: number;
  readonly maxResponseBytes?: number;
}

type Settle = (result: HttpResult) => void;
type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const gunzipped = promisify(gunzip);

const CONNECTIONS = 6;

/** Short enough to fall back to the host's fetch where a firewall swallows direct connections. */
const CONNECT_TIMEOUT_MS = 8_000;

/** People think between an open and a save; the GET before each PATCH finds out if the server hung up meanwhile. */
const KEEP_ALIVE_MS = 60_000;

export function createUndiciTransport(options: UndiciOptions = {}): Transport {
  const agent = new Agent({
    connections: CONNECTIONS,
    connectTimeout: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
  });
  const maxBytes = options.maxResponseBytes ?? MAX_RESPONSE_BYTES;
  return {
    request: (request, signal) => new Promise(settle => exchange(agent, request, maxBytes, signal, settle)),
    close: () => agent.close(),
  };
}

/** Dispatches by hand: only a handler sees `onRequestStart`, the line between a certain "not sent" and "unknown". */
function exchange(
  agent: Agent,
  request: HttpRequest,
  maxBytes: number,
  signal: AbortSignal | undefined,
  settle: Settle,
): void {
  const { origin, pathname, search } = new URL(request.url);
  let controller: Dispatcher.DispatchController | undefined;
  let status = 0;
  let headers: Headers = {};
  let bytes = 0;
  let done = false;
  const chunks: Buffer[] = [];

  const finish = (result: HttpResult) => {
    if (done) return;
    done = true;
    signal?.removeEventListener('abort', cancel);
    settle(result);
  };
  const fail = (failure: HttpFailure['failure'], code: string) => {
    finish({ failure, sent: controller !== undefined, code });
    controller?.abort(new Error(code));
  };
  const cancel = () => fail('cancelled', 'AbortError');

  if (signal?.aborted) {
    cancel();
    return;
  }
  signal?.addEventListener('abort', cancel);
  const timeoutMs = request.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const dispatched = {
    origin,
    path: pathname + search,
    method: request.method,
    headers: { 'accept-encoding': 'gzip', ...request.headers },
    body: request.body ?? null,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  };
  agent.dispatch(dispatched, {
    onRequestStart(started) {
      // Cancelled while it waited for a connection: nothing has been written yet, and nothing will be.
      if (done) started.abort(new Error('AbortError'));
      else controller = started;
    },
    onResponseStart(_controller, statusCode, responseHeaders) {
      status = statusCode;
      headers = responseHeaders;
    },
    onResponseData(_controller, chunk) {
      bytes += chunk.length;
      if (bytes > maxBytes) fail('tooLarge', 'RESPONSE_TOO_LARGE');
      else chunks.push(chunk);
    },
    async onResponseEnd() {
      const text = await textOf(Buffer.concat(chunks), headerOf(headers, 'content-encoding'), maxBytes);
      // The pool frees a connection one turn after its answer: a PATCH right after its GET would open another.
      await nextTurn();
      finish(typeof text === 'string' ? { status, header: name => headerOf(headers, name), text } : text);
    },
    onResponseError(_controller, error) {
      const code = codeOf(error);
      fail(failureKindOf(code), code);
    },
  });
}

async function textOf(body: Buffer, encoding: string | undefined, maxBytes: number): Promise<string | HttpFailure> {
  if (encoding === undefined || encoding === 'identity' || body.length === 0) return body.toString('utf8');
  if (encoding !== 'gzip') return { failure: 'network', sent: true, code: 'UNKNOWN_CONTENT_ENCODING' };
  try {
    return (await gunzipped(body, { maxOutputLength: maxBytes })).toString('utf8');
  } catch (error) {
    const code = codeOf(error);
    return { failure: code === 'ERR_BUFFER_TOO_LARGE' ? 'tooLarge' : 'network', sent: true, code };
  }
}

function headerOf(headers: Headers, name: string): string | undefined {
  const value = headers[name.toLowerCase()];
  return typeof value === 'object' ? value.join(', ') : value;
}
