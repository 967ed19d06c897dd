// Reads the private key that a user pastes or chooses as a file: PEM (PKCS#1, PKCS#8) or JWK.
// node:crypto does all that is needed of a library: it reads these forms, and signs for all algorithms that Auth0 takes.
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { isRecord, parsePlain, stringOf } from '../../json/plain';
import { type AssertionAlgorithm, isAlgorithm } from './credentials';
import { shapeOf } from './pasted';

export interface PrivateKey {
  /** PKCS#8 */
  readonly pem: string;
  /** If the key itself names one. */
  readonly algorithm: AssertionAlgorithm | undefined;
}

export type KeyProblem =
  | { readonly kind: 'publicKey' | 'certificate' | 'encrypted' | 'ssh' | 'symmetric' | 'several' | 'incomplete' }
  /** `type`: EC, DSA, … */
  | { readonly kind: 'notRsa'; readonly type: string }
  | { readonly kind: 'size'; readonly bits: number }
  | { readonly kind: 'algorithm'; readonly algorithm: string }
  /** No key at all. */
  | { readonly kind: 'token' | 'clientId' | 'clientSecret' | 'noKey' };

/** What Auth0 registers. */
const MIN_BITS = 2048;
const MAX_BITS = 4096;

/** However many dashes: word processors join two to one, and people lose some when they copy. */
const BLOCK = /[-–—]{1,9}BEGIN (?<label>[A-Z\d ]{1,40}?)[-–—]{1,9}(?<body>.*?)(?:[-–—]{1,9}END \k<label>[-–—]|$)/gs;

/** Does not read a JWK's `kid`, which is the name that its maker gave to the key: Auth0 gives it another. */
export function readPrivateKey(input: string): PrivateKey | KeyProblem {
  const text = input.replaceAll(/[\u200B-\u200F\u2060\uFEFF]/g, '').trim();
  const jwks = jwksIn(text);
  if (jwks !== undefined) return readJwks(jwks);
  // Environment files and JSON hold the line breaks as `\n`.
  const blocks = [...text.replaceAll(/\\[rn]/g, '\n').matchAll(BLOCK)].map(({ groups }) => groups);
  const block = blocks.find(groups => groups?.label?.endsWith('PRIVATE KEY')) ?? blocks[0];
  if (block?.label !== undefined) return readBlock(block.label, block.body ?? '');
  const bare = text.replace(/^["'](.*)["']$/s, '$1').trim();
  if (BASE64_OF_PEM.test(bare)) return readPrivateKey(Buffer.from(bare, 'base64').toString('latin1'));
  if (/^(?:ssh-|ecdsa-sha2-|PuTTY-User-Key-File)/.test(bare)) return { kind: 'ssh' };
  const shape = shapeOf(bare);
  return { kind: shape === undefined || shape === 'key' ? 'noKey' : shape };
}

/** Begins with `-----BEGIN`, encoded. Secrets of build systems hold keys in this form. */
const BASE64_OF_PEM = /^LS0tLS1CRUdJTi[A-Za-z\d+/\s]+=*$/;

function readBlock(label: string, body: string): PrivateKey | KeyProblem {
  if (label.startsWith('ENCRYPTED') || /Proc-Type:\s*4,\s*ENCRYPTED/.test(body)) return { kind: 'encrypted' };
  if (/SSH/.test(label)) return { kind: 'ssh' };
  if (label.includes('CERTIFICATE')) return { kind: 'certificate' };
  if (label.endsWith('PUBLIC KEY')) return { kind: 'publicKey' };
  if (label !== 'PRIVATE KEY' && label !== 'RSA PRIVATE KEY') {
    const type = /^(EC|DSA) PRIVATE KEY$/.exec(label)?.[1];
    return type === undefined ? { kind: 'noKey' } : { kind: 'notRsa', type };
  }
  // An input box removes line breaks or makes them spaces: what is base64 is wrapped again.
  const lines = body.replaceAll(/[^A-Za-z\d+/=]/g, '').match(/.{1,64}/g) ?? [];
  return readKey(() => createPrivateKey(`-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`));
}

type Jwk = Readonly<Record<string, unknown>>;

/** The keys of a JWK or of a set of them; undefined if the text is something else. */
function jwksIn(text: string): readonly Jwk[] | undefined {
  const json = text.startsWith('{') ? parsePlain(text) : undefined;
  if (!isRecord(json)) return undefined;
  if (Array.isArray(json.keys)) return json.keys.filter(isRecord);
  return 'kty' in json ? [json] : undefined;
}

function readJwks(jwks: readonly Jwk[]): PrivateKey | KeyProblem {
  const isPrivate = (jwk: Jwk) => 'd' in jwk || jwk.kty === 'oct';
  const [jwk, ...others] = jwks.filter(isPrivate);
  if (jwk === undefined) return { kind: jwks.length === 0 ? 'noKey' : 'publicKey' };
  if (others.length > 0) return { kind: 'several' };
  const kty = stringOf(jwk, 'kty');
  if (kty === 'oct') return { kind: 'symmetric' };
  if (kty !== 'RSA') return { kind: 'notRsa', type: (kty === 'OKP' ? stringOf(jwk, 'crv') : kty) ?? '?' };
  const { alg } = jwk;
  if (typeof alg === 'string' && !isAlgorithm(alg)) return { kind: 'algorithm', algorithm: alg };
  const members = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'].map(name => [name, stringOf(jwk, name) ?? '']);
  const key = { kty, ...Object.fromEntries(members) };
  return readKey(() => createPrivateKey({ key, format: 'jwk' }), isAlgorithm(alg) ? alg : undefined);
}

function readKey(create: () => KeyObject, algorithm?: AssertionAlgorithm): PrivateKey | KeyProblem {
  try {
    const key = create();
    const type = key.asymmetricKeyType ?? '?';
    if (type !== 'rsa')
      return { kind: 'notRsa', type: type.startsWith('ed') ? `Ed${type.slice(2)}` : type.toUpperCase() };
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    if (bits < MIN_BITS || bits > MAX_BITS) return { kind: 'size', bits };
    return isWhole(key)
      ? { pem: String(key.export({ type: 'pkcs8', format: 'pem' })), algorithm }
      : { kind: 'incomplete' };
  } catch {
    return { kind: 'incomplete' };
  }
}

/** A key whose numbers do not belong together is read without an error, and gives wrong signatures. */
function isWhole(key: KeyObject): boolean {
  const text = Buffer.from('any text');
  return verify('sha256', text, createPublicKey(key), sign('sha256', text, key));
}
