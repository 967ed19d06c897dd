// Private key JWT: which assertions sign in, and what is wrong with the others.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Sandbox } from '../../../src/sandbox/http/server';
import type { JsonObject } from '../../../src/sandbox/json';
import { ASSERTION_TYPE, assertionProblem } from '../../../src/sandbox/service/clientAssertion';
import { type AssertionAlgorithm, ClientKeys } from '../../../src/sandbox/state/clientKeys';
import { type AssertionChange, ellipticKeyPair, rsaKeyPair, signedAssertion } from './assertion';
import { at, call, sandboxFor } from './client';

const NOW_MS = 1_800_000_000_000;
const NOW_S = NOW_MS / 1000;
const DOMAIN = 'acme.localhost';
const CLIENT_ID = 'abc';

const clientKeys = new ClientKeys();
const { privateKey, keyId } = clientKeys.own;
const other = rsaKeyPair();
const elliptic = ellipticKeyPair();

suite('an assertion', () => {
  const problem = (change: AssertionChange = {}, key = privateKey, keys = clientKeys): string | undefined =>
    assertionProblem(signedAssertion({ privateKey: key, clientId: CLIENT_ID, domain: DOMAIN, nowMs: NOW_MS }, change), {
      domain: DOMAIN,
      clientId: CLIENT_ID,
      clientKeys: keys,
      now: () => NOW_MS,
    });

  const good: readonly [what: string, change: AssertionChange][] = [
    ['RS256', {}],
    ['RS384', { header: { alg: 'RS384' } }],
    ['PS256', { header: { alg: 'PS256' } }],
    ['the kid of its key', { header: { kid: keyId } }],
    ['without iat', { claims: { iat: undefined } }],
    ['of five minutes', { claims: { exp: NOW_S + 300 } }],
    ['of a clock that is ten seconds ahead', { claims: { iat: NOW_S + 10, nbf: NOW_S + 10, exp: NOW_S + 310 } }],
    ['a jti of 64 characters', { claims: { jti: 'j'.repeat(64) } }],
  ];
  for (const [what, change] of good) test(`good: ${what}`, () => assert.equal(problem(change), undefined));

  // biome-ignore format: a table
  const bad: readonly [what: string, change: AssertionChange, problem: string][] = [
    ['HS256', { header: { alg: 'HS256' } }, 'algorithm'],
    ['RS512', { header: { alg: 'RS512' } }, 'algorithm'],
    ['none', { header: { alg: 'none' } }, 'algorithm'],
    ['an unknown kid', { header: { kid: 'x' } }, 'key'],
    ['a kid that is no text', { header: { kid: 1 } }, 'key'],
    ['another issuer', { claims: { iss: 'x' } }, 'iss'],
    ['another subject', { claims: { sub: 'x' } }, 'sub'],
    ['the audience of the API', { claims: { aud: `https://${DOMAIN}/api/v2/` } }, 'aud'],
    ['an audience without its slash', { claims: { aud: `https://${DOMAIN}` } }, 'aud'],
    ['no exp', { claims: { exp: null } }, 'exp'],
    ['expired', { claims: { exp: NOW_S } }, 'exp'],
    ['more than five minutes', { claims: { exp: NOW_S + 301 } }, 'lifetime'],
    ['more than five minutes after its iat', { claims: { iat: NOW_S - 250, exp: NOW_S + 60 } }, 'lifetime'],
    ['more than five minutes, without iat', { claims: { iat: undefined, exp: NOW_S + 301 } }, 'lifetime'],
    ['a clock that is eleven seconds ahead', { claims: { iat: NOW_S + 11 } }, 'iat'],
    ['not valid yet', { claims: { nbf: NOW_S + 11 } }, 'nbf'],
    ['no jti', { claims: { jti: undefined } }, 'jti'],
    ['an empty jti', { claims: { jti: '' } }, 'jti'],
    ['a jti of 65 characters', { claims: { jti: 'j'.repeat(65) } }, 'jti'],
    ['more than 2,048 bytes', { claims: { more: 'x'.repeat(1_400) } }, 'too long'],
  ];
  for (const [what, change, expected] of bad) test(`bad: ${what}`, () => assert.equal(problem(change), expected));

  test('bad: another key, an elliptic one, a changed claim, no JWT', () => {
    assert.equal(problem({}, other.privateKey), 'signature');
    assert.equal(problem({ header: { alg: 'ES256' } }, elliptic.privateKey), 'algorithm');
    const verifier = { domain: DOMAIN, clientId: CLIENT_ID, clientKeys, now: () => NOW_MS };
    const given = signedAssertion({ privateKey, clientId: CLIENT_ID, domain: DOMAIN, nowMs: NOW_MS });
    const [header, , signature] = given.split('.');
    const claims = Buffer.from(JSON.stringify({ iss: CLIENT_ID })).toString('base64url');
    assert.equal(assertionProblem(`${header}.${claims}.${signature}`, verifier), 'signature');
    for (const text of ['', 'a.b.c', 'e30.e30', `${given}.x`])
      assert.equal(assertionProblem(text, verifier), 'no JWT', text);
  });

  test('once only, until it has expired', () => {
    let nowMs = NOW_MS;
    const verifier = { domain: DOMAIN, clientId: CLIENT_ID, clientKeys, now: () => nowMs };
    const make = (): string =>
      signedAssertion({ privateKey, clientId: CLIENT_ID, domain: DOMAIN, nowMs }, { claims: { jti: 'again' } });
    const first = make();
    assert.equal(assertionProblem(first, verifier), undefined);
    assert.equal(assertionProblem(first, verifier), 'used before');
    nowMs += 59_000;
    assert.equal(assertionProblem(make(), verifier), 'used before');
    nowMs += 1_000;
    assert.equal(assertionProblem(first, verifier), 'exp');
    assert.equal(assertionProblem(make(), verifier), undefined);
  });

  test('a key is for the algorithms that it was registered with', () => {
    const keys = new ClientKeys();
    keys.register(other.publicKey, ['PS256']);
    assert.equal(problem({ header: { alg: 'PS256' } }, other.privateKey, keys), undefined);
    assert.equal(problem({ header: { alg: 'RS256' } }, other.privateKey, keys), 'key');
  });

  test('no key but an RSA public key of 2,048 bits or more is registered', () => {
    for (const pem of ['', 'x', elliptic.publicKey, rsaKeyPair(1024).publicKey, other.privateKey]) {
      assert.throws(() => new ClientKeys().register(pem), /RSA public key/);
    }
  });
});

suite('POST /oauth/token with an assertion', () => {
  const parameters = (sandbox: Sandbox, assertion: string, change: JsonObject = {}): JsonObject => ({
    grant_type: 'client_credentials',
    client_id: sandbox.clientId,
    client_assertion_type: ASSERTION_TYPE,
    client_assertion: assertion,
    audience: `https://${sandbox.domain}/api/v2/`,
    ...change,
  });
  const ask = (sandbox: Sandbox, body: JsonObject) => call(sandbox, 'POST', '/oauth/token', { body, token: '' });
  const FAILED = { error: 'invalid_client', error_description: 'Failed client authentication' };

  test('JSON and form, with and without the client', async t => {
    const sandbox = await sandboxFor(t, { empty: true, now: () => NOW_MS });
    const assertion = (): string => signedAssertion({ ...parts(sandbox), nowMs: NOW_MS });
    const form = new URLSearchParams(
      Object.entries(parameters(sandbox, assertion())).map(([key, value]): [string, string] => [key, String(value)]),
    );
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const reply of [
      await ask(sandbox, parameters(sandbox, assertion())),
      await ask(sandbox, parameters(sandbox, assertion(), { client_id: null })),
      await call(sandbox, 'POST', '/oauth/token', { body: form.toString(), headers, token: '' }),
    ]) {
      assert.equal(reply.status, 200, reply.text);
      const token = String(at(reply.json, 'access_token'));
      assert.equal((await call(sandbox, 'GET', '/api/v2/users', { token })).status, 200);
    }
  });

  test('is refused in the shape of OAuth', async t => {
    const sandbox = await sandboxFor(t, { empty: true, now: () => NOW_MS });
    const assertion = signedAssertion({ ...parts(sandbox), nowMs: NOW_MS });
    for (const body of [
      parameters(sandbox, 'x'),
      parameters(sandbox, assertion, { client_assertion_type: 'x' }),
      parameters(sandbox, assertion, { client_id: 'x' }),
      parameters(sandbox, signedAssertion({ ...parts(sandbox), privateKey: other.privateKey, nowMs: NOW_MS })),
    ]) {
      const reply = await ask(sandbox, body);
      assert.deepEqual([reply.status, reply.json], [401, FAILED]);
    }
    // None of these has used it up.
    assert.equal((await ask(sandbox, parameters(sandbox, assertion))).status, 200);
    assert.deepEqual((await ask(sandbox, parameters(sandbox, assertion))).json, FAILED);
    const elsewhere = await ask(
      sandbox,
      parameters(sandbox, signedAssertion({ ...parts(sandbox), nowMs: NOW_MS }), { audience: 'https://x/' }),
    );
    assert.equal(elsewhere.status, 403);
  });

  test('another key, registered in the process and over HTTP', async t => {
    const sandbox = await sandboxFor(t, { empty: true, control: true, now: () => NOW_MS });
    const signIn = (alg: AssertionAlgorithm) =>
      ask(
        sandbox,
        parameters(
          sandbox,
          signedAssertion({ ...parts(sandbox), privateKey: other.privateKey, nowMs: NOW_MS }, { header: { alg } }),
        ),
      );
    const post = (body: JsonObject) => call(sandbox, 'POST', '/sandbox/keys', { body, token: '' });
    assert.equal((await signIn('PS256')).status, 401);
    const reply = await post({ publicKey: other.publicKey, algorithms: ['PS256'] });
    assert.equal(reply.status, 201);
    assert.equal((await signIn('PS256')).status, 200);
    assert.equal((await signIn('RS256')).status, 401);
    assert.equal(sandbox.control.registerPublicKey(other.publicKey), at(reply.json, 'keyId'));
    assert.equal((await signIn('RS256')).status, 200);
    for (const body of [{}, { publicKey: 'x' }, { publicKey: other.publicKey, algorithms: ['ES256'] }]) {
      assert.equal((await post(body)).status, 400, JSON.stringify(body));
    }
    assert.equal((await call(sandbox, 'GET', '/sandbox/keys')).status, 404);
  });
});

test('a token is valid for a day, by the clock of the sandbox', async t => {
  let nowMs = NOW_MS;
  const sandbox = await sandboxFor(t, { empty: true, now: () => nowMs });
  nowMs += 86_399_000;
  assert.equal((await call(sandbox, 'GET', '/api/v2/users')).status, 200);
  nowMs += 1_000;
  assert.equal((await call(sandbox, 'GET', '/api/v2/users')).status, 401);
});

function parts({ privateKey, clientId, domain }: Sandbox) {
  return { privateKey, clientId, domain };
}
