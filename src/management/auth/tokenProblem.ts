// Finds what is certainly wrong with a pasted token, before anything is sent.
import { isRecord, numberOf, stringOf } from '../../json/plain';
import type { TenantDomain } from '../tenant';
import { shapeOf } from './pasted';
import { readClaims } from './token';

export type TokenProblem =
  /** An ID token tells an application who the user is; no API accepts it. */
  | { readonly kind: 'idToken' }
  | { readonly kind: 'otherApi'; readonly audience: string }
  | { readonly kind: 'otherTenant'; readonly host: string }
  | { readonly kind: 'expired' | 'notYetValid'; readonly atMs: number }
  /** Not readable. Auth0 issues opaque tokens if no API was named; those for the Management API are readable. */
  | { readonly kind: 'opaque' | 'incomplete' | 'clientId' | 'clientSecret' };

/** Tolerance for differences between clocks. */
const LEEWAY_MS = 60_000;

/**
 * Undefined if nothing is certain: then the service decides. A tenant's own domain and its custom domains issue tokens
 * for the same audience, so a custom domain does not identify the tenant.
 *
 * @param token a result of cleanToken
 */
export function tokenProblem(token: string, domain: TenantDomain, nowMs: number): TokenProblem | undefined {
  const claims = readClaims(token);
  if (claims === undefined) return { kind: unreadable(token) };
  return audienceProblem(claims, domain) ?? timeProblem(claims, nowMs);
}

function unreadable(token: string): 'opaque' | 'incomplete' | 'clientId' | 'clientSecret' {
  // A JWT with five parts is encrypted.
  if (token.startsWith('eyJ')) return token.split('.').length === 5 ? 'opaque' : 'incomplete';
  const shape = shapeOf(token);
  return shape === 'clientId' || shape === 'clientSecret' ? shape : 'opaque';
}

type Claims = Readonly<Record<string, unknown>>;

function audienceProblem(claims: Claims, domain: TenantDomain): TokenProblem | undefined {
  const audiences = [claims.aud].flat().filter(audience => typeof audience === 'string');
  const [first] = audiences;
  const hosts = audiences.flatMap(audience => /^https:\/\/([^/]+)\/api\/v2\/$/.exec(audience)?.[1] ?? []);
  if (first !== undefined && hosts.length === 0) {
    // Early tokens of the Management API have their client as audience, and their scopes as an object.
    if (isRecord(claims.scopes)) return undefined;
    return isIdToken(claims) ? { kind: 'idToken' } : { kind: 'otherApi', audience: first };
  }
  const issuer = /^https:\/\/([^/]+)\/$/.exec(stringOf(claims, 'iss') ?? '')?.[1];
  // An audience always names Auth0's own domain; an issuer may be a custom domain.
  const named = first === undefined ? [issuer].filter(host => host !== undefined && isCanonical(host)) : hosts;
  const [host] = named;
  if (host === undefined || !isCanonical(domain)) return undefined;
  return named.some(one => one !== undefined && unified(one) === unified(domain))
    ? undefined
    : { kind: 'otherTenant', host };
}

/** Access tokens have claims about the application that uses them and its permissions. ID tokens have none of these. */
function isIdToken(claims: Claims): boolean {
  return !['azp', 'client_id', 'gty', 'scope', 'permissions'].some(name => Object.hasOwn(claims, name));
}

function isCanonical(host: string): boolean {
  return host.toLowerCase().endsWith('.auth0.com');
}

/** The oldest region has two domain names. */
function unified(host: string): string {
  return host.toLowerCase().replace(/\.us\.auth0\.com$/, '.auth0.com');
}

function timeProblem(claims: Claims, nowMs: number): TokenProblem | undefined {
  const [expires, begins] = [numberOf(claims, 'exp'), numberOf(claims, 'nbf')];
  if (expires !== undefined && expires * 1000 <= nowMs) return { kind: 'expired', atMs: expires * 1000 };
  if (begins !== undefined && begins * 1000 > nowMs + LEEWAY_MS) return { kind: 'notYetValid', atMs: begins * 1000 };
  return undefined;
}
