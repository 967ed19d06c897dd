// Sends with the host's fetch, which VS Code patches for proxies, PAC files, Kerberos and the system's certificates.
import { setImmediate as nextTurn } from 'node:timers/promises';
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

type Fetch = typeof globalThis.fetch;

/** Looks up `fetch` for each request, because the host may replace it after this module was loaded. */
export function createFetchTransport(
  fetch: Fetch = (...args) => globalThis.fetch(...args),
  maxResponseBytes = MAX_RESPONSE_BYTES,
): Transport {
  return {
    request: (request, signal) => exchange(fetch, request, maxResponseBytes, signal),
    close: async () => undefined,
  };
}

async function exchange(
  fetch: Fetch,
  request: HttpRequest,
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<HttpResult> {
  if (signal?.aborted) return { failure: 'cancelled', sent: false, code: 'AbortError' };
  const stop = new AbortController();
  let reason: HttpFailure['failure'] | undefined;
  const stopFor = (failure: HttpFailure['failure']) => {
    reason = failure;
    stop.abort();
  };
  const cancel = () => stopFor('cancelled');
  signal?.addEventListener('abort', cancel);
  const deadline = setTimeout(() => stopFor('timeout'), request.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: { ...request.headers },
      body: request.body ?? null,
      redirect: 'manual',
      credentials: 'omit',
      signal: stop.signal,
    });
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    // A reader instead of `for await`: not every host has async iterable streams.
    const reader = response.body?.getReader();
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      chunks.push(part.value);
      bytes += part.value.length;
      if (bytes > maxBytes) {
        stopFor('tooLarge');
        return { failure: 'tooLarge', sent: true, code: 'RESPONSE_TOO_LARGE' };
      }
    }
    // As in undiciTransport: the connection is free again one turn later.
    await nextTurn();
    return {
      // A browser's fetch reports status 0 for a redirect that it does not follow.
      status: response.type === 'opaqueredirect' ? 302 : response.status,
      header: name => response.headers.get(name) ?? undefined,
      text: decodeBody(Buffer.concat(chunks)),
    };
  } catch (error) {
    if (reason !== undefined) return { failure: reason, sent: true, code: 'AbortError' };
    const code = codeOf(error);
    return { failure: failureKindOf(code), sent: !failedToConnect(error), code };
  } finally {
    clearTimeout(deadline);
    signal?.removeEventListener('abort', cancel);
  }
}

/** Whether the error proves that there was no connection, and so nothing was sent. */
function failedToConnect(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ('syscall' in current && (current.syscall === 'connect' || current.syscall === 'getaddrinfo')) return true;
    // Happy Eyeballs: one error per address.
    if (current instanceof AggregateError) return current.errors.every(failedToConnect);
  }
  return NOT_CONNECTED.test(codeOf(error));
}

/** undici's connect timeout, a proxy's refusal, and TLS certificate errors, which occur before the request is sent. */
const NOT_CONNECTED =
  /^(UND_ERR_CONNECT_TIMEOUT|PROXY_REFUSED|CERT_\w+|ERR_TLS_CERT_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+)$/;
