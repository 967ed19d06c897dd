// What a person gives us to get into a tenant. Lives in SecretStorage and in memory, nowhere else.
import { isRecord } from '../../json/plain';

export interface TokenCredentials {
  readonly kind: 'token';
  readonly token: string;
}

export interface ClientCredentials {
  readonly kind: 'client';
  readonly clientId: string;
  readonly clientSecret: string;
  /** For a custom domain, whose audience is that of the canonical one; else it follows from the tenant. */
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

/** Undefined where it is not credentials, or not all of them. */
export function decodeCredentials(json: unknown): Credentials | undefined {
  if (!isRecord(json)) return undefined;
  const { kind } = json;
  return isCredentialsKind(kind) ? DECODERS[kind](json) : undefined;
}
