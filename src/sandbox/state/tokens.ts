// Access tokens: minted like Auth0's (a JWT with scope, exp and aud), checked with its error texts.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import {
  type Answer,
  expiredToken,
  insufficientScope,
  invalidSignature,
  invalidToken,
  malformedBearer,
  missingAuthentication,
  unauthorized,
} from '../answers';
import { isObject, type Json, parseJson } from '../json';

/** All scopes that the sandbox supports. */
export const ALL_SCOPES = [
  'read:users',
  'update:users',
  'create:users',
  'delete:users',
  'read:users_app_metadata',
  'update:users_app_metadata',
  'create:users_app_metadata',
  'delete:users_app_metadata',
  'read:connections',
  'read:tenant_settings',
] as const;

/** One day, the default of the service. */
export const TOKEN_LIFETIME_S = 86_400;

export interface MintOptions {
  /** Separated by spaces. Default: the scopes granted to the sandbox's client. */
  readonly scope?: string;
  /** Negative: expired already. */
  readonly expiresInS?: number;
  readonly audience?: string;
}

interface Claims {
  readonly expiresS: number;
  readonly audience: string;
  readonly scopes: ReadonlySet<string>;
}

export interface TokenIssuerOptions {
  readonly domain: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Verified headers are cached: an HMAC for each request would cost more than the request itself. */
const REMEMBERED_HEADERS = 1_000;

export class TokenIssuer {
  readonly audience: string;
  readonly #options: TokenIssuerOptions;
  readonly #secret = randomBytes(32);
  readonly #verified = new Map<string, Claims>();
  readonly #ended = new Set<string>();

  constructor(options: TokenIssuerOptions) {
    this.#options = options;
    this.audience = `https://${options.domain}/api/v2/`;
  }

  get scope(): string {
    return this.#options.scopes.join(' ');
  }

  mint(options: MintOptions = {}): string {
    const nowS = Math.floor(this.#options.now() / 1000);
    const { domain, clientId } = this.#options;
    const claims = {
      iss: `https://${domain}/`,
      sub: `${clientId}@clients`,
      aud: options.audience ?? this.audience,
      iat: nowS,
      exp: nowS + (options.expiresInS ?? TOKEN_LIFETIME_S),
      scope: options.scope ?? this.scope,
      gty: 'client-credentials',
      azp: clientId,
    };
    const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
    return `${signed}.${this.#signatureOf(signed)}`;
  }

  /** Lets a token expire before its time. */
  end(token: string): void {
    this.#ended.add(`Bearer ${token}`);
  }

  /** The service's error for an `Authorization` header, or undefined if any scope of `anyOf` is granted. */
  refuse(authorization: string | undefined, anyOf: readonly string[]): Answer | undefined {
    const claims = this.#claimsOf(authorization);
    if ('status' in claims) return claims;
    const hasEnded = authorization !== undefined && this.#ended.has(authorization);
    if (hasEnded || claims.expiresS <= this.#options.now() / 1000) return expiredToken();
    if (claims.audience !== this.audience) return unauthorized(`Bad audience: ${claims.audience}`);
    return anyOf.some(scope => claims.scopes.has(scope)) ? undefined : insufficientScope(anyOf);
  }

  /** Whether an accepted header has a scope. */
  grants(authorization: string | undefined, scope: string): boolean {
    const claims = this.#claimsOf(authorization);
    return !('status' in claims) && claims.scopes.has(scope);
  }

  #claimsOf(authorization: string | undefined): Claims | Answer {
    if (authorization === undefined) return missingAuthentication();
    const known = this.#verified.get(authorization);
    if (known) return known;
    const [scheme, token, ...rest] = authorization.split(' ');
    // Also for an empty or truncated token (recorded), not a 401.
    if (scheme?.toLowerCase() !== 'bearer' || !token || rest.length > 0 || token.split('.').length !== 3) {
      return malformedBearer();
    }
    const claims = this.#verify(token);
    if ('status' in claims) return claims;
    if (this.#verified.size >= REMEMBERED_HEADERS) this.#verified.clear();
    this.#verified.set(authorization, claims);
    return claims;
  }

  #verify(token: string): Claims | Answer {
    const [header = '', payload = '', signature = ''] = token.split('.');
    const claims = decodeClaims(payload);
    if (claims === undefined) return invalidToken();
    const expected = Buffer.from(this.#signatureOf(`${header}.${payload}`));
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected) ? claims : invalidSignature();
  }

  #signatureOf(text: string): string {
    return createHmac('sha256', this.#secret).update(text).digest('base64url');
  }
}

function encode(value: Json): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decodeClaims(payload: string): Claims | undefined {
  try {
    const claims = parseJson(Buffer.from(payload, 'base64url').toString());
    if (!isObject(claims) || typeof claims.exp !== 'number' || typeof claims.aud !== 'string') return undefined;
    const scope = typeof claims.scope === 'string' ? claims.scope : '';
    return { expiresS: claims.exp, audience: claims.aud, scopes: new Set(scope.split(' ')) };
  } catch {
    return undefined;
  }
}
