// Reading private keys: every form in which people have them gives the same key.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { readPrivateKey } from '../../../src/management/auth/privateKey';
import { ecKey, encrypted, jwk, oneLine, pkcs1, pkcs8, rsaPair, spki } from '../../support/keys';

const { privateKey, publicKey } = rsaPair();
const PEM = pkcs8(privateKey);
const PKCS1 = pkcs1(privateKey);
const JWK = jwk(privateKey);
const escaped = (text: string) => text.replaceAll('\n', '\\n');
const base64 = (text: string) => Buffer.from(text).toString('base64');
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIU\n-----END CERTIFICATE-----\n';
const LEGACY = `-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n`;

const READ: readonly (readonly [form: string, input: string, algorithm?: string])[] = [
  ['PKCS#8', PEM],
  ['PKCS#1', PKCS1],
  ['line ends of Windows', PEM.replaceAll('\n', '\r\n')],
  ['on one line', oneLine(PEM)],
  ['PKCS#1 on one line', oneLine(PKCS1)],
  ['spaces for line breaks', PEM.replaceAll('\n', ' ')],
  ['indented', PEM.replaceAll('\n', '\n    ')],
  ['escaped line breaks', escaped(PEM)],
  ['in quotes', `"${escaped(PEM)}"`],
  ['of an environment file', `AUTH0_PRIVATE_KEY='${escaped(PEM)}'`],
  ['in JSON', JSON.stringify({ clientId: 'id', privateKey: PEM })],
  ['base64 of PEM', base64(PEM)],
  ['the same in quotes, wrapped', `"${base64(PEM).replaceAll(/(.{76})/g, '$1\n')}"`],
  // Of one, two and three bytes in the last group: with `==`, with `=`, and without.
  ...[0, 1, 2].map(
    more => [`base64 in quotes, its last line ended (${more})`, `"${base64(PEM + '\n'.repeat(more))}\n"`] as const,
  ),
  ['dashes of a word processor', PEM.replaceAll('-----', '—–')],
  ['a byte order mark', `\uFEFF${PEM}`],
  ['beside its certificate', CERTIFICATE + PEM],
  ['JWK', JWK],
  ['JWK in several lines', JSON.stringify(JSON.parse(JWK), null, 2)],
  ['JWK with its algorithm', jwk(privateKey, { alg: 'PS256' }), 'PS256'],
  ['JWK with the ID that its maker gave it', jwk(privateKey, { kid: 'mine' })],
  ['a set of one', `{"keys":[${JWK}]}`],
  ['a set with the public half', `{"keys":[${jwk(publicKey)},${JWK}]}`],
];

for (const [form, input, algorithm] of READ) {
  test(`read: ${form}`, () => assert.deepEqual(readPrivateKey(input), { pem: PEM, algorithm }));
}

const ec = ecKey();
const other = rsaPair(3072).privateKey.export({ format: 'jwk' });
const [first = '', ...lines] = PEM.split('\n');
const WRONG: readonly (readonly [what: string, input: string, problem: object])[] = [
  ['a public key', spki(publicKey), { kind: 'publicKey' }],
  ['a public JWK', jwk(publicKey), { kind: 'publicKey' }],
  ['a set of public keys', `{"keys":[${jwk(publicKey)}]}`, { kind: 'publicKey' }],
  ['a certificate', CERTIFICATE, { kind: 'certificate' }],
  ['a key with a passphrase', encrypted(privateKey), { kind: 'encrypted' }],
  ['the same on one line', oneLine(encrypted(privateKey)), { kind: 'encrypted' }],
  ['a key with a passphrase, PKCS#1', oneLine(LEGACY), { kind: 'encrypted' }],
  ['an SSH key', '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----', { kind: 'ssh' }],
  ['a public SSH key', 'ssh-rsa AAAAB3NzaC1yc2E jane@acme', { kind: 'ssh' }],
  ['a key of PuTTY', 'PuTTY-User-Key-File-3: ssh-rsa', { kind: 'ssh' }],
  ['an EC key', pkcs8(ec), { kind: 'notRsa', type: 'EC' }],
  ['an EC key, SEC 1', ec.export({ type: 'sec1', format: 'pem' }).toString(), { kind: 'notRsa', type: 'EC' }],
  ['an EC key as JWK', jwk(ec, { alg: 'ES256' }), { kind: 'notRsa', type: 'EC' }],
  ['an Ed25519 key', pkcs8(generateKeyPairSync('ed25519').privateKey), { kind: 'notRsa', type: 'Ed25519' }],
  ['an Ed25519 key as JWK', jwk(generateKeyPairSync('ed25519').privateKey), { kind: 'notRsa', type: 'Ed25519' }],
  ['a short key', pkcs8(rsaPair(1024).privateKey), { kind: 'size', bits: 1024 }],
  ['a shared secret as JWK', '{"kty":"oct","k":"AAAA"}', { kind: 'symmetric' }],
  ['a set of several', `{"keys":[${JWK},${JWK}]}`, { kind: 'several' }],
  ['a JWK for RS512', jwk(privateKey, { alg: 'RS512' }), { kind: 'algorithm', algorithm: 'RS512' }],
  ['a JWK without its primes', jwk(privateKey, { p: undefined }), { kind: 'incomplete' }],
  ['a JWK with numbers of another key', jwk(privateKey, { d: other.d, p: other.p }), { kind: 'incomplete' }],
  ['its first line', first, { kind: 'incomplete' }],
  ['without its end', [first, ...lines.slice(0, 10)].join('\n'), { kind: 'incomplete' }],
  ['without its beginning', lines.join('\n'), { kind: 'noKey' }],
  ['an empty JWK set', '{"keys":[]}', { kind: 'noKey' }],
  ['another block', '-----BEGIN PGP MESSAGE-----\nAAAA\n-----END PGP MESSAGE-----', { kind: 'noKey' }],
  ['a file of dashes', '-'.repeat(500_000), { kind: 'noKey' }],
  ['a file of beginnings', '-----BEGIN '.repeat(50_000), { kind: 'noKey' }],
  ['a file of words', 'BEGIN '.repeat(100_000), { kind: 'noKey' }],
  ['a name of a file', './key.pem', { kind: 'noKey' }],
  ['a token', `${'eyJhbGciOiJSUzI1NiJ9'}.e30.c2ln`, { kind: 'token' }],
  ['a client ID', 'kxrODb3qdrkyHMvq3fBOVxneID7OX5QW', { kind: 'clientId' }],
  ['a client secret', 'kxrODb3qdrkyHMvq3fBOVxneID7OX5QW'.repeat(2), { kind: 'clientSecret' }],
];

for (const [what, input, problem] of WRONG) {
  test(`told apart: ${what}`, () => assert.deepEqual(readPrivateKey(input), problem));
}
