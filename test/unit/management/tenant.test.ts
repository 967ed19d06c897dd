import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  audienceOf,
  httpDomain,
  isLoopback,
  loopbackOrigin,
  parseTenantDomain,
  tenantOf,
} from '../../../src/management/tenant';

const DOMAINS: readonly (readonly [string, string | undefined])[] = [
  ['acme.auth0.com', 'acme.auth0.com'],
  ['acme.eu.auth0.com', 'acme.eu.auth0.com'],
  ['  Acme.EU.auth0.com\n', 'acme.eu.auth0.com'],
  ['https://acme.eu.auth0.com/api/v2/', 'acme.eu.auth0.com'],
  ['HTTPS://ACME.auth0.com', 'acme.auth0.com'],
  ['https://acme.auth0.com?x=1#y', 'acme.auth0.com'],
  ['acme.auth0.com.', 'acme.auth0.com'],
  ['login.example.com', 'login.example.com'],
  ['sample-tenant.localhost', 'sample-tenant.localhost'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['', undefined],
  ['acme', undefined],
  ['localhost', undefined],
  ['127.0.0.1', undefined],
  ['0x7f.1', undefined],
  ['[::1]', undefined],
  ['acme.auth0.com:8443', undefined],
  ['https://acme.auth0.com:443/', undefined],
  ['http://acme.auth0.com', undefined],
  ['ftp://acme.auth0.com', undefined],
  ['https://user:pass@acme.auth0.com', undefined],
  ['good.auth0.com@evil.example', undefined],
  ['acme auth0.com', undefined],
  ['acme..auth0.com', undefined],
  ['-acme.auth0.com', undefined],
  ['acme_.auth0.com', undefined],
  [`${'a'.repeat(64)}.auth0.com`, undefined],
  ['javascript:alert(1)', undefined],
  ['auth0.com', undefined],
  ['https://manage.auth0.com/dashboard/eu/acme/users', undefined],
];

for (const [input, domain] of DOMAINS) {
  test(`domain of ${JSON.stringify(input)}`, () => assert.equal(parseTenantDomain(input), domain));
}

const HTTP: readonly (readonly [string, string | undefined])[] = [
  ['http://acme.eu.auth0.com', 'acme.eu.auth0.com'],
  [' HTTP://Acme.eu.auth0.com/api/v2/ ', 'acme.eu.auth0.com'],
  ['https://acme.eu.auth0.com', undefined],
  ['acme.eu.auth0.com', undefined],
  ['http://acme', undefined],
  ['http://acme.eu.auth0.com:80', undefined],
  ['http://manage.auth0.com', undefined],
  ['http://127.0.0.1', undefined],
];

for (const [input, domain] of HTTP) {
  test(`${JSON.stringify(input)}: ${domain ?? 'no domain'} but for http`, () =>
    assert.equal(httpDomain(input), domain));
}

const LOOPBACK: readonly (readonly [string, string | undefined])[] = [
  ['http://127.0.0.1:4567/', 'http://127.0.0.1:4567'],
  [' http://localhost:80/api/v2/ ', 'http://localhost'],
  ['http://[::1]:9', 'http://[::1]:9'],
  ['https://127.0.0.1:1', undefined],
  ['http://127.0.0.1.evil.example', undefined],
  ['http://localhost.evil.example', undefined],
  ['http://127.0.0.1@evil.example', undefined],
  ['http://user@localhost', undefined],
  ['http://10.0.0.1', undefined],
  ['127.0.0.1:80', undefined],
];

for (const [input, origin] of LOOPBACK) {
  test(`loopback origin of ${JSON.stringify(input)}`, () => assert.equal(loopbackOrigin(input), origin));
}

test('a tenant is reached at its domain, a sandbox at its own origin, and both have the audience of the domain', () => {
  const domain = parseTenantDomain('acme.eu.auth0.com');
  assert(domain);
  assert.deepEqual(tenantOf(domain), { domain, origin: 'https://acme.eu.auth0.com' });
  const sandbox = tenantOf(domain, 'http://127.0.0.1:1');
  assert.equal(sandbox.origin, 'http://127.0.0.1:1');
  assert.equal(audienceOf(sandbox), 'https://acme.eu.auth0.com/api/v2/');
  assert.equal(isLoopback(sandbox.origin), true);
  assert.equal(isLoopback(tenantOf(domain).origin), false);
});
