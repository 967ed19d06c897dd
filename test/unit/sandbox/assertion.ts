// Client assertions for private key JWT, signed as the tests say.
import { constants, generateKeyPairSync, randomUUID, type SigningOptions, sign } from 'node:crypto';

const HASHES = new Map([
  ['RS384', 'sha384'],
  ['RS512', 'sha512'],
]);

export interface Signer {
  readonly privateKey: string;
  readonly clientId: string;
  readonly domain: string;
  readonly nowMs: number;
}

/** Undefined leaves a member out. */
export interface AssertionChange {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims?: Readonly<Record<string, unknown>>;
}

export interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

const PUBLIC = { type: 'spki', format: 'pem' } as const;
const PRIVATE = { type: 'pkcs8', format: 'pem' } as const;

export function rsaKeyPair(modulusLength = 2048): KeyPair {
  return generateKeyPairSync('rsa', { modulusLength, publicKeyEncoding: PUBLIC, privateKeyEncoding: PRIVATE });
}

export function ellipticKeyPair(): KeyPair {
  return generateKeyPairSync('ec', { namedCurve: 'P-256', publicKeyEncoding: PUBLIC, privateKeyEncoding: PRIVATE });
}

/** A good one, but for what is changed. */
export function signedAssertion({ privateKey, clientId, domain, nowMs }: Signer, change: AssertionChange = {}): string {
  const nowS = Math.floor(nowMs / 1000);
  const header = { alg: 'RS256', ...change.header };
  const parties = { iss: clientId, sub: clientId, aud: `https://${domain}/` };
  const claims = { ...parties, iat: nowS, exp: nowS + 60, jti: randomUUID(), ...change.claims };
  const signed = [header, claims].map(part => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const key = { key: privateKey, ...optionsFor(header.alg) };
  return `${signed}.${sign(HASHES.get(header.alg) ?? 'sha256', Buffer.from(signed), key).toString('base64url')}`;
}

function optionsFor(alg: string): SigningOptions {
  if (!alg.startsWith('PS')) return { dsaEncoding: 'ieee-p1363' };
  return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
}
