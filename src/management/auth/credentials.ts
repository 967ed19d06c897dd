// The credentials that a user enters for a tenant. They are kept in SecretStorage and in memory only.
import { isRecord } from '../../json/plain';

export interface TokenCredentials {
  readonly kind: 'token';
  readonly token: string;
}

export interface ClientCredentials {
  readonly kind: 'client';
  readonly clientId: string;
  readonly clientSecret: string;
  /** Needed for a custom domain, whose audience is that of the canonical domain. Default: derived from the tenant. */
  readonly audience?: string;
}

export type Credentials = TokenCredentials | ClientCredentials;

export type CredentialsKind = Credentials['kind'];

type JsonObject = Readonly<Record<string, unknown>>;

const DECODERS: {
  readonly [K in CredentialsKind]: (json: JsonObject) => Extract<Credentials, { readonly kind: K }> | undefined;
} = {
  token: ({ token }) => (typeof token === 'string' ? { kind: 'token', token } : undefined),
  client: ({ clientId, clientSecret, audience }) => {
    if (typeof clientId !== 'string' || typeof clientSecret !== 'string') return undefined;
    return { kind: 'client', clientId, clientSecret, ...(typeof audience === 'string' ? { audience } : {}) };
  },
};

export function isCredentialsKind(value: unknown): value is CredentialsKind {
  return typeof value === 'string' && Object.hasOwn(DECODERS, value);
}

/** Undefined if `json` is not complete credentials. */
export function decodeCredentials(json: unknown): Credentials | undefined {
  if (!isRecord(json)) return undefined;
  const { kind } = json;
  return isCredentialsKind(kind) ? DECODERS[kind](json) : undefined;
}
