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

/** The algorithms that Auth0 documents for client assertions. All need an RSA key: there is no ES256 among them. */
export const ASSERTION_ALGORITHMS = ['RS256', 'RS384', 'PS256'] as const;

export type AssertionAlgorithm = (typeof ASSERTION_ALGORITHMS)[number];

/** Private Key JWT: the application proves with each token request that it has the key, without sending it. */
export interface KeyCredentials {
  readonly kind: 'key';
  readonly clientId: string;
  /** PKCS#8 as PEM, without a passphrase. */
  readonly privateKey: string;
  /** The one that was chosen for the credential in Auth0. */
  readonly algorithm: AssertionAlgorithm;
  /** The key's ID in Auth0, which needs none to find the key. */
  readonly keyId?: string;
  /** As in ClientCredentials. */
  readonly audience?: string;
}

/** Both get tokens for a machine-to-machine application, by the grant `client_credentials`. */
export type ApplicationCredentials = ClientCredentials | KeyCredentials;

export type Credentials = TokenCredentials | ApplicationCredentials;

export type CredentialsKind = Credentials['kind'];

export type CredentialsOf<Kind extends CredentialsKind> = Extract<Credentials, { readonly kind: Kind }>;

type JsonObject = Readonly<Record<string, unknown>>;

const DECODERS: {
  readonly [Kind in CredentialsKind]: (json: JsonObject) => CredentialsOf<Kind> | undefined;
} = {
  token: ({ token }) => (typeof token === 'string' ? { kind: 'token', token } : undefined),
  client: ({ clientId, clientSecret, audience }) => {
    if (typeof clientId !== 'string' || typeof clientSecret !== 'string') return undefined;
    return { kind: 'client', clientId, clientSecret, ...(typeof audience === 'string' ? { audience } : {}) };
  },
  key: ({ clientId, privateKey, algorithm, keyId, audience }) => {
    if (typeof clientId !== 'string' || typeof privateKey !== 'string' || !isAlgorithm(algorithm)) return undefined;
    return {
      kind: 'key',
      clientId,
      privateKey,
      algorithm,
      ...(typeof keyId === 'string' ? { keyId } : {}),
      ...(typeof audience === 'string' ? { audience } : {}),
    };
  },
};

export function isAlgorithm(value: unknown): value is AssertionAlgorithm {
  const known: readonly unknown[] = ASSERTION_ALGORITHMS;
  return known.includes(value);
}

export function isCredentialsKind(value: unknown): value is CredentialsKind {
  return typeof value === 'string' && Object.hasOwn(DECODERS, value);
}

/** Undefined if `json` is not complete credentials. */
export function decodeCredentials(json: unknown): Credentials | undefined {
  if (!isRecord(json)) return undefined;
  const { kind } = json;
  return isCredentialsKind(kind) ? DECODERS[kind](json) : undefined;
}
