// Access tokens: the claims that can be read from one, and the provider that the client gets them from.
import { isRecord, numberOf, parsePlain, stringOf } from '../../json/plain';

/** Scopes and expiry; undefined if the token does not contain them (it may be opaque). */
export interface TokenClaims {
  readonly scopes: ReadonlySet<string> | undefined;
  readonly expiresAtMs: number | undefined;
}

export interface AccessToken extends TokenClaims {
  readonly value: string;
  /** The token came from a cache and can be renewed: after a 401, one retry with a new token makes sense. */
  readonly renewable: boolean;
}

export interface TokenProvider {
  /** Throws ManagementError, always with outcome `notSent`: the request that needs the token was not sent. */
  getToken(signal?: AbortSignal): Promise<AccessToken>;
  /** Call when the service has refused this token, so that the next call gets a new one if possible. */
  invalidate(token: string): void;
}

/** Reads a JWT's claims without verifying it: they only decide what is offered, the service decides what is allowed. */
export function readToken(jwt: string): TokenClaims {
  const claims = readClaims(jwt) ?? {};
  const scope = stringOf(claims, 'scope');
  const expiresAtMs = (numberOf(claims, 'exp') ?? Number.NaN) * 1000;
  return {
    scopes: scope === undefined ? undefined : parseScopes(scope),
    // A value that is out of range for a date (`1e308`) counts as missing.
    expiresAtMs: Number.isNaN(new Date(expiresAtMs).getTime()) ? undefined : expiresAtMs,
  };
}

/** OAuth's space-separated `scope`. */
export function parseScopes(scope: string): ReadonlySet<string> {
  return new Set(scope.split(' ').filter(part => part !== ''));
}

/** Provides a pasted token, which cannot be renewed. It must be a result of `cleanToken`. */
export function staticToken(value: string): TokenProvider {
  const token: AccessToken = { value, ...readToken(value), renewable: false };
  return { getToken: async () => token, invalidate: () => undefined };
}

/** All claims of a JWT; undefined if the token is not a JWT. */
export function readClaims(jwt: string): Readonly<Record<string, unknown>> | undefined {
  const [, payload, signature, ...more] = jwt.split('.');
  if (payload === undefined || signature === undefined || more.length > 0) return undefined;
  const claims = parsePlain(Buffer.from(payload, 'base64url').toString('utf8'));
  return isRecord(claims) ? claims : undefined;
}
