// Our own connections, direct or through a proxy, with undici. A separate bundle, loaded on first use: it is larger than the rest of the extension.
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as tls from 'node:tls';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Agent, type Dispatcher, ProxyAgent } from 'undici';
import type { Connection } from './chooseTransport';
import { Gate } from './gate';
import {
  codeOf,
  DEFAULT_TIMEOUT_MS,
  decodeBody,
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

const DIRECT: Connection = { trust: 'node' };

/** Per origin, without those of saves. */
const CONNECTIONS = 6;

/** Short enough to fall back to the host's fetch if a firewall drops direct connections. */
const CONNECT_TIMEOUT_MS = 8_000;

/** Covers the time between open and save. The GET before each PATCH notices if the server has closed the connection. */
const KEEP_ALIVE_MS = 60_000;

export function createUndiciTransport(connection: Connection = DIRECT, options: UndiciOptions = {}): Transport {
  const agent = agentOf(connection, options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS);
  const gates = new Map<string, Gate>();
  const maxBytes = options.maxResponseBytes ?? MAX_RESPONSE_BYTES;
  return {
    request(request, signal) {
      const { origin } = new URL(request.url);
      const gate = gates.get(origin) ?? new Gate(CONNECTIONS);
      gates.set(origin, gate);
      return new Promise(settle => exchange({ agent, gate, maxBytes }, request, signal, settle));
    },
    close: () => agent.close(),
  };
}

function agentOf({ proxy, trust }: Connection, connectTimeoutMs: number): Dispatcher {
  const connect = {
    timeout: connectTimeoutMs,
    rejectUnauthorized: trust !== 'all',
    ...(trust === 'system' ? { ca: systemAndOwnAuthorities() } : {}),
  };
  const keepAliveTimeout = KEEP_ALIVE_MS;
  if (proxy === undefined) return new Agent({ connect, keepAliveTimeout });
  const { url, authorization } = proxy;
  return new ProxyAgent({
    uri: url,
    ...(authorization === '' ? {} : { token: authorization }),
    proxyTls: connect,
    requestTls: connect,
    keepAliveTimeout,
  });
}

/** Undefined, which means Node's own, where Node cannot list the system's. */
function systemAndOwnAuthorities(): string[] | undefined {
  return tls.getCACertificates && [...tls.getCACertificates('default'), ...tls.getCACertificates('system')];
}

declare module 'tls' {
  /** Since Node 22.15; VS Code 1.100 has Node 20. */
  const getCACertificates: ((of: 'default' | 'system') => string[]) | undefined;
}

interface Pooled {
  readonly agent: Dispatcher;
  /** For all requests but those of a save. */
  readonly gate: Gate;
  readonly maxBytes: number;
}

/** Uses `dispatch`, because only a handler gets `onRequestStart`: until then, it is certain that nothing was sent. */
function exchange(
  { agent, gate, maxBytes }: Pooled,
  request: HttpRequest,
  signal: AbortSignal | undefined,
  settle: Settle,
): void {
  const { origin, pathname, search } = new URL(request.url);
  let controller: Dispatcher.DispatchController | undefined;
  let status = 0;
  let headers: Headers = {};
  let bytes = 0;
  let done = false;
  let leave: (() => void) | undefined;
  const chunks: Buffer[] = [];

  const finish = (result: HttpResult) => {
    if (done) return;
    done = true;
    signal?.removeEventListener('abort', cancel);
    clearTimeout(deadline);
    clearTimeout(latestStart);
    leave?.();
    settle(result);
  };
  const fail = (failure: HttpFailure['failure'], code: string) => {
    finish({ failure, sent: controller !== undefined, code });
    controller?.abort(new Error(code));
  };
  const cancel = () => fail('cancelled', 'AbortError');

  if (signal?.aborted) {
    settle({ failure: 'cancelled', sent: false, code: 'AbortError' });
    return;
  }
  signal?.addEventListener('abort', cancel);
  const deadline = setTimeout(() => fail('timeout', 'REQUEST_TIMEOUT'), request.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  const latestStart =
    request.startWithinMs === undefined
      ? undefined
      : setTimeout(() => {
          if (controller === undefined) fail('network', 'NO_CONNECTION');
        }, request.startWithinMs);
  const dispatched = {
    origin,
    path: pathname + search,
    method: request.method,
    headers: { 'accept-encoding': 'gzip', ...request.headers },
    body: request.body ?? null,
    // These two only limit silence, and a server that sends slowly is never silent.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  const handler: Dispatcher.DispatchHandler = {
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
      // The pool frees a connection one turn after its answer. Without this, a PATCH after its GET would open another.
      await nextTurn();
      finish(typeof text === 'string' ? { status, header: name => headerOf(headers, name), text } : text);
    },
    onResponseError(_controller, error) {
      const code = codeOf(error);
      fail(failureKindOf(code), code);
    },
  };
  const dispatch = () => {
    agent.dispatch(dispatched, handler);
  };
  if (request.isOfSave) dispatch();
  else {
    const placeGiven = gate.enter(dispatch);
    // The request may have failed at once.
    if (done) placeGiven();
    else leave = placeGiven;
  }
}

async function textOf(body: Buffer, encoding: string | undefined, maxBytes: number): Promise<string | HttpFailure> {
  if (encoding === undefined || encoding === 'identity' || body.length === 0) return decodeBody(body);
  if (encoding !== 'gzip') return { failure: 'network', sent: true, code: 'UNKNOWN_CONTENT_ENCODING' };
  try {
    return decodeBody(await gunzipped(body, { maxOutputLength: maxBytes }));
  } catch (error) {
    const code = codeOf(error);
    return { failure: code === 'ERR_BUFFER_TOO_LARGE' ? 'tooLarge' : 'network', sent: true, code };
  }
}

function headerOf(headers: Headers, name: string): string | undefined {
  const value = headers[name.toLowerCase()];
  return typeof value === 'object' ? value.join(', ') : value;
}
