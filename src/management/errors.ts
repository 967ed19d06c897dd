// The one error that everything in management throws.

import type { Refusing } from './environment';

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
  | 'cancelled'
  /** The tenant is locked in this window until the user unlocks it, or is read-only for good: see LockState. */
  | 'locked'
  | 'readOnly';

/**
 * Whether a PATCH or POST was applied: `notSent` and `refused` are both a certain no. After `unknown`, the state must
 * be read back. For a GET it means nothing.
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
  /** A code such as ECONNREFUSED. It becomes the `cause`, which then has no foreign message. */
  readonly code?: string | undefined;
}

/** The message has only the request and the status. Neither it nor any field contains a token, a body or metadata. */
export class ManagementError extends Error {
  override readonly name = 'ManagementError';
  readonly kind: ErrorKind;
  readonly outcome: Outcome;
  readonly status: number | undefined;
  /** Auth0's own code, such as `inexistent_user`, `insufficient_scope`, `auth0_idp_error`, `invalid_body`. */
  readonly errorCode: string | undefined;
  /** The service's message, if it is known to repeat nothing of the request. For people only: never match it. */
  readonly serviceMessage: string | undefined;
  /** The property of the body that the service refuses: `['user_metadata', 'a']`. */
  readonly path: readonly string[] | undefined;
  /** How long the service asks to wait (`rateLimited`). */
  readonly retryAfterMs: number | undefined;
  /** Nothing was applied, and it may work if everything begins again, including the read that it was planned on. */
  readonly again: boolean;
  /** Whether the answer has the shape of an Auth0 error. Other answers say nothing about tokens and scopes. */
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

  /** Compares names: every lazily loaded bundle has its own copy of this class. */
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
 * Whether the error comes from a gateway or proxy: it does not have the shape of an Auth0 error, whatever its status. A
 * rate limit and a timeout do not count, because they mean the same from anywhere.
 */
export function isFromBetween({ kind, status, isAuth0s }: ManagementError): boolean {
  return status !== undefined && status >= 300 && !isAuth0s && kind !== 'rateLimited' && kind !== 'timeout';
}

/** For a request that writes to a tenant that may not be changed now. */
export function refusedByLock(what: string, state: Refusing): ManagementError {
  return new ManagementError(`${what}: ${state}`, { kind: state, outcome: 'notSent' });
}

/** For a client that is no longer the one of its tenant: with the present one it may work. */
export function signedInAnew(what: string): ManagementError {
  return new ManagementError(`${what}: signed in anew`, { kind: 'unauthorized', outcome: 'notSent', again: true });
}

/** Whether the tenant accepts no token, or there is none. Certainly nothing was applied: other credentials may help. */
export function isSignInNeeded(error: unknown): error is ManagementError {
  return ManagementError.is(error, 'unauthorized') && error.outcome !== 'unknown' && !isFromBetween(error);
}
