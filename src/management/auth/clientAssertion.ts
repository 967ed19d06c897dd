// Signs client assertions (Private Key JWT). What they contain, and their limits, is what Auth0 documents.
// https://auth0.com/docs/get-started/authentication-and-authorization-flow/authenticate-with-private-key-jwt
import { constants, randomUUID, type SignKeyObjectInput, sign } from 'node:crypto';
import { ManagementError } from '../errors';
import type { Tenant } from '../tenant';
import type { AssertionAlgorithm, KeyCredentials } from './credentials';

/** Auth0 takes an assertion for up to five minutes, and recommends one minute at most. */
const LIFETIME_S = 60;

/** This computer's clock may be this much ahead of Auth0's: an assertion from the future is not accepted. */
const SKEW_S = 10;

type Signature = Pick<SignKeyObjectInput, 'padding' | 'saltLength'> & { readonly hash: string };

const SIGNATURES: Readonly<Record<AssertionAlgorithm, Signature>> = {
  RS256: { hash: 'sha256' },
  RS384: { hash: 'sha384' },
  PS256: {
    hash: 'sha256',
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  },
};

/**
 * A new assertion, which Auth0 accepts once.
 *
 * @throws ManagementError `unauthorized` if this computer cannot sign with the key
 */
export function clientAssertion(credentials: KeyCredentials, { domain }: Tenant, nowMs: number): string {
  const { clientId, privateKey, algorithm, keyId } = credentials;
  const iat = Math.floor(nowMs / 1000) - SKEW_S;
  const claims = {
    iss: clientId,
    sub: clientId,
    aud: `https://${domain}/`,
    iat,
    exp: iat + LIFETIME_S,
    jti: randomUUID(),
  };
  const text = `${encode({ alg: algorithm, typ: 'JWT', kid: keyId })}.${encode(claims)}`;
  const { hash, ...options } = SIGNATURES[algorithm];
  try {
    return `${text}.${sign(hash, Buffer.from(text), { key: privateKey, ...options }).toString('base64url')}`;
  } catch {
    // Without a cause: nothing that was thrown over a key may be shown.
    throw new ManagementError('POST /oauth/token: the private key cannot be used', {
      kind: 'unauthorized',
      outcome: 'notSent',
    });
  }
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
