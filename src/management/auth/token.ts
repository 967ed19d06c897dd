// Access tokens: what can be read from one, and where the client gets one.
import { isRecord, numberOf, parsePlain, stringOf } from '../../json/plain';

/** Scopes and expiry; undefined where the token does not say (it may be opaque). */
export interface TokenClaims {
  readonly scopes: ReadonlySet<string> | undefined;
  readonly expiresAtMs: number | undefined;
}

export interface AccessToken extends TokenClaims {
  readonly value: string;
  /** It came from a cache and another can be had: a 401 is worth one more try with a new one. */
  readonly renewable: boolean;
}

export interface TokenProvider {
  /** Throws ManagementError, always with outcome `notSent`: the request that wanted the token did not go out. */
  getToken(signal?: AbortSignal): Promise<AccessToken>;
  /** Says that the service refused this token, so that the next call gets another where there can be one. */
  invalidate(token: string): void;
}

/** Reads a JWT's claims without verifying it: they only decide what is offered, the service decides what is done. */
export function readToken(jwt: string): TokenClaims {
  const claims = readClaims(jwt) ?? {};
  const scope = stringOf(claims, 'scope');
  const expiresAtMs = (numberOf(claims, 'exp') ?? Number.NaN) * 1000;
  return {
    scopes: scope === undefined ? undefined : parseScopes(scope),
    // Beyond what a date can hold (`1e308`) it says nothing.
    expiresAtMs: Number.isNaN(new Date(expiresAtMs).getTime()) ? undefined : expiresAtMs,
  };
}

/** OAuth's space-separated `scope`. */
export function parseScopes(scope: string): ReadonlySet<string> {
  return new Set(scope.split(' ').filter(part => part !== ''));
}

/** A pasted token: there is no other. It must be one that `cleanToken` let through. */
export function staticToken(value: string): TokenProvider {
  const token: AccessToken = { value, ...readToken(value), renewable: false };
  return { getToken: async () => token, invalidate: () => undefined };
}

/** Everything that a JWT says; undefined for a token that is none. */
export function readClaims(jwt: string): Readonly<Record<string, unknown>> | undefined {
  const [, payload, signature, ...more] = jwt.split('.');
  if (payload === undefined || signature === undefined || more.length > 0) return undefined;
  const claims = parsePlain(Buffer.from(payload, 'base64url').toString('utf8'));
  return isRecord(claims) ? claims : undefined;
}
