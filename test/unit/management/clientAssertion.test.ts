// Private Key JWT: the assertion as Auth0 documents it, checked with the public key, and a new one with each attempt.
import assert from 'node:assert/strict';
import { constants, type KeyObject, verify } from 'node:crypto';
import { test } from 'node:test';
import { clientAssertion } from '../../../src/management/auth/clientAssertion';
import type { AssertionAlgorithm, KeyCredentials } from '../../../src/management/auth/credentials';
import { tokenProviderOf } from '../../../src/management/auth/tokenProvider';
import { answerJson, type Handler } from '../../support/http';
import { pkcs8, rsaPair } from '../../support/keys';
import { errorOf, openTransport, tenantAt } from '../../support/management';

const PAIR = rsaPair();
const CREDENTIALS: KeyCredentials = {
  kind: 'key',
  clientId: 'id',
  privateKey: pkcs8(PAIR.privateKey),
  algorithm: 'RS256',
};
const NOW_MS = 1_800_000_000_999;
const NOW_S = 1_800_000_000;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

interface Assertion {
  readonly header: unknown;
  readonly claims: Readonly<Record<string, unknown>>;
}

function read(assertion: string): Assertion {
  const [header, claims] = assertion.split('.').map(part => Buffer.from(part, 'base64url').toString());
  return { header: JSON.parse(header ?? ''), claims: JSON.parse(claims ?? '') };
}

function isSigned(assertion: string, algorithm: AssertionAlgorithm, key: KeyObject): boolean {
  const end = assertion.lastIndexOf('.');
  const signature = Buffer.from(assertion.slice(end + 1), 'base64url');
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  return verify(
    algorithm === 'RS384' ? 'sha384' : 'sha256',
    Buffer.from(assertion.slice(0, end)),
    { key, ...(algorithm === 'PS256' ? pss : {}) },
    signature,
  );
}

for (const algorithm of ['RS256', 'RS384', 'PS256'] as const) {
  test(`${algorithm}: the documented claims, signed with the key`, () => {
    const assertion = clientAssertion({ ...CREDENTIALS, algorithm }, tenantAt('http://127.0.0.1:1'), NOW_MS);
    const { header, claims } = read(assertion);
    const { jti, ...others } = claims;
    assert.deepEqual(header, { alg: algorithm, typ: 'JWT' });
    assert.deepEqual(others, {
      iss: 'id',
      sub: 'id',
      aud: 'https://acme.eu.auth0.com/',
      iat: NOW_S - 10,
      exp: NOW_S + 50,
    });
    assert.match(String(jti), UUID);
    assert(isSigned(assertion, algorithm, PAIR.publicKey));
    assert(!isSigned(assertion, algorithm, rsaPair(3072).publicKey));
  });
}

test('the largest assertion fits into what Auth0 takes', () => {
  const label = 'a'.repeat(63);
  const domain = `${[label, label, label].join('.')}.${'b'.repeat(57)}.com`;
  const largest: KeyCredentials = {
    ...CREDENTIALS,
    clientId: '"'.repeat(64),
    keyId: '"'.repeat(128),
    privateKey: pkcs8(rsaPair(4096).privateKey),
  };
  const assertion = clientAssertion(largest, tenantAt('http://127.0.0.1:1', domain), NOW_MS);
  assert.equal(domain.length, 253);
  assert(assertion.length <= 2048, `${assertion.length}`);
  assert.deepEqual(read(assertion).header, { alg: 'RS256', typ: 'JWT', kid: largest.keyId });
});

const granted: Handler = (_request, response) =>
  answerJson(response, 200, { access_token: 'token', expires_in: 86_400, scope: 'read:users' });

function sent(body: string): Assertion & { readonly parameters: Readonly<Record<string, unknown>> } {
  const { client_assertion: assertion, ...parameters } = JSON.parse(body);
  return { parameters, ...read(assertion) };
}

test('the request is the documented one, and holds no secret', async t => {
  const { server, transport } = await openTransport(t, granted);
  const audience = 'https://canonical.auth0.com/api/v2/';
  const tokens = tokenProviderOf({ ...CREDENTIALS, audience }, { tenant: tenantAt(server.origin), transport });
  assert.equal((await tokens.getToken()).value, 'token');
  assert.equal((await tokens.getToken()).value, 'token');
  const [request, ...others] = server.requests;
  assert.equal(others.length, 0);
  assert.deepEqual(sent(request?.body ?? '').parameters, {
    grant_type: 'client_credentials',
    client_id: 'id',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    audience,
  });
});

test('each attempt has an assertion of its own, because Auth0 accepts one only once', async t => {
  const { server, transport } = await openTransport(t, (request, response, index) => {
    if (index === 0) response.destroy();
    else if (index === 1) answerJson(response, 429, { error: 'too_many_requests' }, { 'retry-after': '0' });
    else granted(request, response, index);
  });
  const tokens = tokenProviderOf(CREDENTIALS, { tenant: tenantAt(server.origin), transport });
  await tokens.getToken();
  const ids = server.requests.map(({ body }) => sent(body).claims.jti);
  assert.deepEqual([ids.length, new Set(ids).size], [3, 3]);
});

test('a key that cannot sign is an error that quotes nothing of it, and nothing is sent', async t => {
  const { server, transport } = await openTransport(t, granted);
  const privateKey = '-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----\n';
  const tokens = tokenProviderOf({ ...CREDENTIALS, privateKey }, { tenant: tenantAt(server.origin), transport });
  const error = await errorOf(tokens.getToken());
  assert.deepEqual([error.kind, error.outcome, error.cause], ['unauthorized', 'notSent', undefined]);
  assert.equal(server.requests.length, 0);
});
