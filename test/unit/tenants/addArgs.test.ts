import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAddTenantArgs } from '../../../src/tenants/signIn/addArgs';
import { jwt } from '../../support/jwt';

const TOKEN = jwt({ aud: 'https://acme.eu.auth0.com/api/v2/', azp: 'x' });
const OTHER = jwt({ aud: 'https://api.acme.com', azp: 'x' });

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
    'a token for something else',
    { domain: 'acme.eu.auth0.com', token: OTHER },
    {
      tenant: ['acme.eu.auth0.com', 'https://acme.eu.auth0.com'],
      problem: { kind: 'otherApi', audience: 'https://api.acme.com' },
    },
  ],
  [
    'the same at a sandbox, which decides for itself',
    { url: 'http://127.0.0.1:4000', domain: 'acme.eu.auth0.com', token: OTHER },
    { tenant: ['acme.eu.auth0.com', 'http://127.0.0.1:4000'], credentials: { kind: 'token', token: OTHER } },
  ],
  ['a domain with http', { domain: 'http://acme.eu.auth0.com', token: TOKEN }, 'https'],
  ['http and no domain either', { domain: 'http://acme', token: TOKEN }, 'domain'],
  ['no domain', { token: 'abc' }, 'domain'],
  ['a URL on another machine', { url: 'http://example.com', token: 'abc' }, 'url'],
  ['a URL of https', { url: 'https://acme.auth0.com', token: 'abc' }, 'url'],
  ['a URL that only begins like one', { url: 'http://127.0.0.1@evil.example/', token: 'abc' }, 'url'],
  ['nothing to sign in with', { domain: 'acme.auth0.com' }, 'credentials'],
  ['half of the client credentials', { domain: 'acme.auth0.com', clientId: 'id' }, 'credentials'],
  ['a token of two lines', { domain: 'acme.auth0.com', token: 'a\nb' }, 'credentials'],
  ['no object', 'acme.auth0.com', 'domain'],
];

for (const [name, args, expected] of CASES) {
  test(name, () => {
    const parsed = parseAddTenantArgs(args);
    const { tenant, ...rest } = typeof parsed === 'string' ? { tenant: undefined } : parsed;
    assert.deepEqual(tenant ? { ...rest, tenant: [tenant.domain, tenant.origin] } : parsed, expected);
  });
}
