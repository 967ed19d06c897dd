// What the client needs of HTTP: one request, one whole answer, nothing followed, nothing resent.

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Absolute, already encoded. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For the whole of it: finding a connection, sending, and the answer to its last byte. */
  readonly timeoutMs?: number;
  /**
   * It is sent so soon, or not at all: what it says is true now and may not be later. Also, only the way that is known is
   * tried. The host's fetch does not tell when it sends; it takes the connection of the request before.
   */
  readonly startWithinMs?: number;
  /** It belongs to a save, and waits behind no other request: where all connections are busy, it gets one more. */
  readonly isOfSave?: boolean;
}

export interface HttpResponse {
  /** Any status: 3xx too, as redirects are never followed. */
  readonly status: number;
  /** A header's value by its name in any case; several of one name are joined with a comma. */
  header(name: string): string | undefined;
  /** Empty where the body is not UTF-8, see decodeBody. */
  readonly text: string;
}

/** No (whole) answer came. A value and not an error, because the transports are bundles of their own and share no class. */
export interface HttpFailure {
  readonly failure: 'network' | 'timeout' | 'cancelled' | 'tooLarge';
  /** Whether any of the request may have reached the server. False only where it is certain that nothing did. */
  readonly sent: boolean;
  /** For people and logs: an error's code or name, never its message, which can hold a header or a body. */
  readonly code: string;
}

export type HttpResult = HttpResponse | HttpFailure;

export interface Transport {
  /** Sends once. Resolves with a failure instead of rejecting. */
  request(request: HttpRequest, signal?: AbortSignal): Promise<HttpResult>;
  /** Ends idle connections now and the others with their answer. */
  close(): Promise<void>;
}

export const DEFAULT_TIMEOUT_MS = 30_000;

/** Of an answer's text in bytes. A page of 100 users with everything in them stays far below. */
export const MAX_RESPONSE_BYTES = 64 * 1024 * 1024;

/**
 * A body's text. Of one that is not UTF-8 nothing: with U+FFFD in place of what it held it would look like an answer, and
 * would be sent back. A byte order mark stays, and no JSON has one.
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

/** The first code in an error's chain of causes (`ECONNREFUSED`, `UND_ERR_SOCKET`, …), else its name. */
export function codeOf(error: unknown): string {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ('code' in current && typeof current.code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(current.code)) {
      return current.code;
    }
  }
  return error instanceof Error && /^\w+$/.test(error.name) ? error.name : 'Error';
}

export function failureKindOf(code: string): 'timeout' | 'network' {
  return code.endsWith('TIMEOUT') || code === 'ETIMEDOUT' ? 'timeout' : 'network';
}
