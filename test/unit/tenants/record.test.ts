import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTenantDomain, tenantOf } from '../../../src/management/tenant';
import { decodeRecords, decodeSecret, domainOfSecretKey, encodeSecret, secretKey } from '../../../src/tenants/record';

const domain = parseTenantDomain('acme.eu.auth0.com');
assert.ok(domain);
const acme = tenantOf(domain);
const token = { kind: 'token', token: 'abc' } as const;

test('records survive, strangers do not', () => {
  const good = { domain: 'acme.eu.auth0.com', origin: 'https://acme.eu.auth0.com', kind: 'token' };
  const sandbox = { domain: 'sample-tenant.localhost', origin: 'http://127.0.0.1:4000', kind: 'client' };
  const bad = [
    { ...good, origin: 'https://evil.example' },
    { ...good, origin: 'http://acme.eu.auth0.com' },
    { ...good, domain: 'Acme.eu.auth0.com' },
    { ...good, kind: 'magic' },
    null,
    'acme',
  ];
  assert.deepEqual(
    decodeRecords([good, ...bad, sandbox]).map(({ domain, origin, kind }) => ({ domain, origin, kind })),
    [good, sandbox],
  );
  assert.deepEqual(decodeRecords(undefined), []);
});

test('a record of an earlier version gets a careful profile, and a stored one stays', () => {
  const bare = { domain: 'acme.eu.auth0.com', origin: 'https://acme.eu.auth0.com', kind: 'token' };
  const profileOf = (json: object) =>
    decodeRecords([json]).map(({ name, environment, readOnly }) => ({ name, environment, readOnly }));
  const careful = { name: 'acme.eu.auth0.com', environment: 'production', readOnly: false };
  const stored = { name: 'Acme', environment: 'staging', readOnly: true };
  assert.deepEqual(profileOf(bare), [careful]);
  assert.deepEqual(profileOf({ ...bare, ...stored }), [stored]);
  assert.deepEqual(profileOf({ ...bare, name: 7, environment: 'none', readOnly: 'yes' }), [careful]);
});

test('a secret comes back as it was entered', () => {
  const client = {
    kind: 'client',
    clientId: 'id',
    clientSecret: 's',
    audience: 'https://a.auth0.com/api/v2/',
  } as const;
  assert.deepEqual(decodeSecret(encodeSecret(acme, token), acme), token);
  assert.deepEqual(decodeSecret(encodeSecret(acme, client), acme), client);
  const key = { kind: 'key', clientId: 'id', privateKey: 'pem', algorithm: 'PS256' } as const;
  assert.deepEqual(decodeSecret(encodeSecret(acme, key), acme), key);
  const full = { ...key, keyId: 'kid', audience: 'https://a.auth0.com/api/v2/' };
  assert.deepEqual(decodeSecret(encodeSecret(acme, full), acme), full);
});

test('a secret is good for no other origin', () => {
  const elsewhere = { domain: acme.domain, origin: 'http://127.0.0.1:4000' };
  assert.equal(decodeSecret(encodeSecret(acme, token), elsewhere), undefined);
});

test('no secret, broken or half a secret is being signed out', () => {
  for (const text of [
    undefined,
    '',
    '{',
    '[]',
    '{"origin":"https://acme.eu.auth0.com","kind":"client","clientId":"x"}',
    '{"origin":"https://acme.eu.auth0.com","kind":"key","clientId":"x","privateKey":"pem","algorithm":"ES256"}',
  ]) {
    assert.equal(decodeSecret(text, acme), undefined);
  }
});

test('the key names the tenant', () => {
  assert.equal(domainOfSecretKey(secretKey(domain)), domain);
  assert.equal(domainOfSecretKey('other:acme.eu.auth0.com'), undefined);
});
