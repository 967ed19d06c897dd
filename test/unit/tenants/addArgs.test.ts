import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CallerError } from '../../../src/shell/report';
import { parseAddTenantArgs } from '../../../src/tenants/signIn/addArgs';
import { jwt } from '../../support/jwt';
import { oneLine, pkcs8, rsaPair, spki } from '../../support/keys';

const TOKEN = jwt({ aud: 'https://acme.eu.auth0.com/api/v2/', azp: 'x' });
const OTHER = jwt({ aud: 'https://api.acme.com', azp: 'x' });

const PAIR = rsaPair();
const KEY = pkcs8(PAIR.privateKey);

const CASES: readonly (readonly [name: string, args: unknown, expected: unknown])[] = [
  [
    'a token',
    { domain: ' Acme.eu.auth0.com ', token: `Bearer ${TOKEN}\n` },
    { tenant: ['acme.eu.auth0.com', 'https://acme.eu.auth0.com'], credentials: { kind: 'token', token: TOKEN } },
  ],
  [
    'client credentials',
    { domain: 'acme.auth0.com', clientId: 'id', clientSecret: 's' },
    {
      tenant: ['acme.auth0.com', 'https://acme.auth0.com'],
      credentials: { kind: 'client', clientId: 'id', clientSecret: 's' },
    },
  ],
  [
    'everything that the sandbox prints: the token is used',
    {
      url: 'http://127.0.0.1:4000',
      domain: 'sample-tenant.localhost',
      token: 'abc',
      clientId: 'id',
      clientSecret: 's',
    },
    {
      tenant: ['sample-tenant.localhost', 'http://127.0.0.1:4000'],
      credentials: { kind: 'token', token: 'abc' },
    },
  ],
  [
    'a sandbox without a name',
    { url: 'http://localhost:4000/', clientId: 'id', clientSecret: 's' },
    {
      tenant: ['sample-tenant.localhost', 'http://localhost:4000'],
      credentials: { kind: 'client', clientId: 'id', clientSecret: 's' },
    },
  ],
  [
    'quotes around client credentials',
    { domain: 'acme.auth0.com', clientId: '"id"', clientSecret: " 's' " },
    {
      tenant: ['acme.auth0.com', 'https://acme.auth0.com'],
      credentials: { kind: 'client', clientId: 'id', clientSecret: 's' },
    },
  ],
  [
    'a custom domain: the tenant’s own domain in place of the audience',
    { domain: 'login.acme.com', clientId: 'id', clientSecret: 's', audience: 'acme.eu.auth0.com' },
    {
      tenant: ['login.acme.com', 'https://login.acme.com'],
      credentials: { kind: 'client', clientId: 'id', clientSecret: 's', audience: 'https://acme.eu.auth0.com/api/v2/' },
    },
  ],
  [
    'a private key',
    { domain: 'acme.auth0.com', clientId: 'id', privateKey: KEY },
    {
      tenant: ['acme.auth0.com', 'https://acme.auth0.com'],
      credentials: { kind: 'key', clientId: 'id', privateKey: KEY, algorithm: 'RS256' },
    },
  ],
  [
    'a private key with all that may be said of it',
    {
      domain: 'login.acme.com',
      clientId: 'id',
      privateKey: oneLine(KEY),
      keyId: 'kid',
      algorithm: 'PS256',
      audience: 'https://acme.eu.auth0.com/api/v2',
    },
    {
      tenant: ['login.acme.com', 'https://login.acme.com'],
      credentials: {
        kind: 'key',
        clientId: 'id',
        privateKey: KEY,
        algorithm: 'PS256',
        keyId: 'kid',
        audience: 'https://acme.eu.auth0.com/api/v2/',
      },
    },
  ],
  [
    'a token for something else at a sandbox, which decides for itself',
    { url: 'http://127.0.0.1:4000', domain: 'acme.eu.auth0.com', token: OTHER },
    { tenant: ['acme.eu.auth0.com', 'http://127.0.0.1:4000'], credentials: { kind: 'token', token: OTHER } },
  ],
];

const NEEDED = 'A `token`, or a `clientId` with a `clientSecret` or a `privateKey`, is needed.';
const ID = { domain: 'acme.auth0.com', clientId: 'id' };

// biome-ignore format: a table
const REFUSED: readonly (readonly [name: string, args: unknown, says: string])[] = [
  ['a token for something else', { domain: 'acme.eu.auth0.com', token: OTHER }, 'This token is for https://api.acme.com, not for the Auth0 Management API. Get one for https://acme.eu.auth0.com/api/v2/.'],
  ['a domain with http', { domain: 'http://acme.eu.auth0.com', token: TOKEN }, 'A tenant is only reached over https. Write acme.eu.auth0.com, without http://.'],
  ['a name alone', { domain: 'acme', token: TOKEN }, 'acme is only the name of a tenant. Write its whole domain, such as acme.eu.auth0.com.'],
  ['no domain', { token: 'abc' }, 'The `domain` of the tenant is needed.'],
  ['a URL on another machine', { url: 'http://example.com', token: 'abc' }, '`url` must be the http URL of a sandbox on this machine.'],
  ['a URL of https', { url: 'https://acme.auth0.com', token: 'abc' }, '`url` must be the http URL of a sandbox on this machine.'],
  ['a URL that only begins like one', { url: 'http://127.0.0.1@evil.example/', token: 'abc' }, '`url` must be the http URL of a sandbox on this machine.'],
  ['nothing to sign in with', { domain: 'acme.auth0.com' }, NEEDED],
  ['half of the client credentials', ID, NEEDED],
  ['a secret without its ID', { domain: 'acme.auth0.com', clientSecret: 's' }, NEEDED],
  ['empty texts', { ...ID, clientSecret: ' ', token: '' }, NEEDED],
  ['a token of two lines', { domain: 'acme.auth0.com', token: 'a\nb' }, 'This is not a token: it must be one line without spaces.'],
  ['a public key', { ...ID, privateKey: spki(PAIR.publicKey) }, 'This is a public key, which is for Auth0. Here the private key is needed that belongs to it.'],
  ['another algorithm', { ...ID, privateKey: KEY, algorithm: 'ES256' }, 'Auth0 does not take ES256 for signing in, but RS256, RS384, PS256.'],
  ['a long ID of the key', { ...ID, privateKey: KEY, keyId: 'k'.repeat(129) }, '`keyId` is not the ID of a key.'],
  ['an audience of another API', { ...ID, clientSecret: 's', audience: 'https://api.acme.com/orders' }, 'This names another API. Write the tenant’s own domain, such as acme.eu.auth0.com.'],
  ['no object', 'acme.auth0.com', 'The `domain` of the tenant is needed.'],
];

for (const [name, args, expected] of CASES) {
  test(name, () => {
    const { tenant, credentials } = parseAddTenantArgs(args);
    assert.deepEqual({ tenant: [tenant.domain, tenant.origin], credentials }, expected);
  });
}

for (const [name, args, says] of REFUSED) {
  test(`refused: ${name}`, () => {
    assert.throws(
      () => parseAddTenantArgs(args),
      error => CallerError.is(error) && error instanceof Error && error.message === `addTenant: ${says}`,
    );
  });
}
