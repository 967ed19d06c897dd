// The HTTP interface of the client: one request, one complete answer, no redirects, no retries.

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Absolute, already encoded. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For everything: finding a connection, sending, and receiving the answer to its last byte. */
  readonly timeoutMs?: number;
  /**
   * The request is sent within this time or not at all, because its content may be outdated later. Only the known way
   * is tried. The host's fetch ignores this, as it does not tell when it sends; it reuses the connection of the read.
   */
  readonly startWithinMs?: number;
  /** The request belongs to a save and never waits for others: if all connections are busy, it gets an extra one. */
  readonly isOfSave?: boolean;
}

export interface HttpResponse {
  /** Any status, 3xx too: redirects are never followed. */
  readonly status: number;
  /** A header's value by its name in any case; several values are joined with a comma. */
  header(name: string): string | undefined;
  /** Empty if the body is not UTF-8, see decodeBody. */
  readonly text: string;
}

/** No complete answer came. A value and not an error: the transports are separate bundles and share no class. */
export interface HttpFailure {
  readonly failure: 'network' | 'timeout' | 'cancelled' | 'tooLarge';
  /** Whether any part of the request may have reached the server. False only if it is certain that nothing did. */
  readonly sent: boolean;
  /** For people and logs: an error's code or name, never its message, which can hold a header or a body. */
  readonly code: string;
}

export type HttpResult = HttpResponse | HttpFailure;

export interface Transport {
  /** Sends once. Resolves with a failure instead of rejecting. */
  request(request: HttpRequest, signal?: AbortSignal): Promise<HttpResult>;
  /** Closes idle connections now, and the others after their answer. */
  close(): Promise<void>;
}

export const DEFAULT_TIMEOUT_MS = 30_000;

/** Limit for an answer's text. A page of 100 complete users is far below it. */
export const MAX_RESPONSE_BYTES = 64 * 1024 * 1024;

/**
 * A body's text; '' if it is not UTF-8. With U+FFFD as a replacement it would look like a valid answer, and would be
 * sent back to the server. A byte order mark is kept, and so is not accepted as JSON.
 */
export function decodeBody(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return '';
  }
}

export function isFailure(result: HttpResult): result is HttpFailure {
  return 'failure' in result;
}

/** What undici says where a proxy opens no tunnel: it asks for credentials (407), or forbids the host. */
const NO_TUNNEL = 'UND_ERR_ABORTED';

/** The first code in an error's chain of causes (`ECONNREFUSED`, `UND_ERR_SOCKET`, …), else its name. */
export function codeOf(error: unknown): string {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ('code' in current && typeof current.code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(current.code)) {
      return current.code === NO_TUNNEL ? 'PROXY_REFUSED' : current.code;
    }
  }
  return error instanceof Error && /^\w+$/.test(error.name) ? error.name : 'Error';
}

export function failureKindOf(code: string): 'timeout' | 'network' {
  return code.endsWith('TIMEOUT') || code === 'ETIMEDOUT' ? 'timeout' : 'network';
}
