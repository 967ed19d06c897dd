// The one error that everything in management throws.

export type ErrorKind =
  | 'unauthorized'
  | 'forbidden'
  | 'notFound'
  | 'conflict'
  | 'rateLimited'
  | 'invalid'
  | 'network'
  | 'timeout'
  | 'server'
  | 'cancelled';

/**
 * Whether a PATCH or POST was applied: `notSent` and `refused` are both a certain no,
 * `unknown` wants reading back before anything is said. For a GET it means nothing.
 */
export type Outcome = 'notSent' | 'refused' | 'unknown';

export interface ErrorDetails {
  readonly kind: ErrorKind;
  readonly outcome: Outcome;
  readonly status?: number | undefined;
  readonly errorCode?: string | undefined;
  readonly serviceMessage?: string | undefined;
  readonly path?: readonly string[] | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly again?: boolean | undefined;
  readonly isAuth0s?: boolean | undefined;
  /** A code such as ECONNREFUSED; becomes the `cause`, so that no foreign message comes along. */
  readonly code?: string | undefined;
}

/** Its message says what was asked and the status; neither it nor any field holds a token, a body or metadata. */
export class ManagementError extends Error {
  override readonly name = 'ManagementError';
  readonly kind: ErrorKind;
  readonly outcome: Outcome;
  readonly status: number | undefined;
  /** Auth0's own code, such as `inexistent_user`, `insufficient_scope`, `auth0_idp_error`, `invalid_body`. */
  readonly errorCode: string | undefined;
  /** The service's sentence where it is one known to repeat nothing of the request; for people, never to be matched. */
  readonly serviceMessage: string | undefined;
  /** The property of the body that the service refuses: `['user_metadata', 'a']`. */
  readonly path: readonly string[] | undefined;
  /** How long the service wants to be left alone (`rateLimited`). */
  readonly retryAfterMs: number | undefined;
  /** Nothing was applied, and it may work when all is begun again: from the read on, if it was planned on one. */
  readonly again: boolean;
  /** The answer had the shape of Auth0's errors. Without it, whatever answered says nothing about tokens and scopes. */
  readonly isAuth0s: boolean;

  constructor(message: string, details: ErrorDetails) {
    super(message, details.code === undefined ? undefined : { cause: new Error(details.code) });
    this.kind = details.kind;
    this.outcome = details.outcome;
    this.status = details.status;
    this.errorCode = details.errorCode;
    this.serviceMessage = details.serviceMessage;
    this.path = details.path;
    this.retryAfterMs = details.retryAfterMs;
    this.again = details.again ?? false;
    this.isAuth0s = details.isAuth0s ?? false;
  }

  /** By its name: each bundle that is loaded on its own has this class once more. */
  static is(error: unknown, kind?: ErrorKind): error is ManagementError {
    if (!(error instanceof Error && error.name === 'ManagementError' && 'kind' in error)) return false;
    return kind === undefined || error.kind === kind;
  }

  /** The same error with some of its details changed. */
  with(changes: Partial<ErrorDetails>): ManagementError {
    const code = this.cause instanceof Error ? this.cause.message : undefined;
    return new ManagementError(this.message, { ...this, code, ...changes });
  }
}

/**
 * An error that is not in Auth0's own shape came from something on the way, whatever its status says. A rate limit and a
 * timeout mean the same wherever they come from.
 */
export function isFromBetween({ kind, status, isAuth0s }: ManagementError): boolean {
  return status !== undefined && status >= 300 && !isAuth0s && kind !== 'rateLimited' && kind !== 'timeout';
}
