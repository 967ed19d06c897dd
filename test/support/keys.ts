// Keys for the tests of signing in, made when they are first asked for: none is kept in the repository.
import { generateKeyPairSync, type KeyObject } from 'node:crypto';

interface Pair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

const pairs = new Map<number, Pair>();

export function rsaPair(bits: number = 2048): Pair {
  const pair = pairs.get(bits) ?? generateKeyPairSync('rsa', { modulusLength: bits });
  pairs.set(bits, pair);
  return pair;
}

export function ecKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

export function pkcs8(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

export function pkcs1(key: KeyObject): string {
  return key.export({ type: 'pkcs1', format: 'pem' }).toString();
}

/** With a passphrase, in the form of PKCS#8. */
export function encrypted(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'hunter2' }).toString();
}

export function spki(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString();
}

export function jwk(key: KeyObject, members: object = {}): string {
  return JSON.stringify({ ...key.export({ format: 'jwk' }), ...members });
}

/** As the input box gives what was pasted: in one line. */
export function oneLine(text: string): string {
  return text.replaceAll(/\r?\n/g, '');
}
