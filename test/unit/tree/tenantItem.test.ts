// A tenant's row.
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { test } from 'node:test';
import manifest from '../../../package.json';
import { parseScopes } from '../../../src/management/auth/token';
import { parseTenantDomain } from '../../../src/management/tenant';
import { locationOf, regionOf, tenantItem } from '../../../src/tree/tenantItem';
import { tenantTooltip } from '../../../src/tree/tenantTooltip';

function domain(text: string) {
  const parsed = parseTenantDomain(text);
  assert.ok(parsed);
  return parsed;
}

const ABOUT = { name: 'Acme', environment: 'staging' } as const;

const REGIONS: readonly (readonly [domain: string, region: string | undefined])[] = [
  ['acme.auth0.com', 'US'],
  ['acme.eu.auth0.com', 'EU'],
  ['acme.jp.auth0.com', 'JP'],
  ['login.acme.com', undefined],
];

for (const [text, region] of REGIONS) test(text, () => assert.equal(regionOf(domain(text)), region));

test('a sandbox is named by its address, whatever its domain', () => {
  const tenant = { domain: domain('acme.auth0.com'), origin: 'http://127.0.0.1:4000', kind: 'token', ...ABOUT };
  assert.equal(locationOf(tenant), '127.0.0.1:4000');
});

test('the sample is named as such, wherever it listens; a custom domain says enough itself', () => {
  const tenant = {
    domain: domain('sample-tenant.localhost'),
    origin: 'http://127.0.0.1:4000',
    kind: 'sample',
    ...ABOUT,
  };
  assert.equal(locationOf(tenant), 'sample');
  assert.equal(
    locationOf({ domain: domain('login.acme.com'), origin: 'https://login.acme.com', kind: 'token', ...ABOUT }),
    undefined,
  );
});

test('the tooltip says where it leads, how one is signed in, and what the token allows', async () => {
  const acme = { domain: domain('acme.eu.auth0.com'), origin: 'https://acme.eu.auth0.com', kind: 'token', ...ABOUT };
  const access = {
    knownClaims: () => ({ scopes: new Set(['read:users', 'update:users']), expiresAtMs: undefined }),
    signedIn: () => 'Signed in somehow',
    lockState: () => 'readOnly' as const,
    limits: async () => [{ limit: 40 }, { limit: 20 }, { limit: 40 }],
  };
  const { description } = tenantItem({ type: 'tenant', tenant: acme.domain }, acme, access, undefined);
  assert.equal(description, 'Staging · read-only · EU');
  assert.equal(
    await tenantTooltip(acme, access),
    'Staging · Acme · read-only\nacme.eu.auth0.com\nSigned in somehow\nScopes: read:users update:users\nRate limit, as last seen: 40 / 20 requests at once',
  );
  const nameless = { ...acme, name: acme.domain };
  assert.match(await tenantTooltip(nameless, access), /^Staging · acme.eu.auth0.com · read-only\nSigned in somehow/);
});

for (const [lock, scopes, offered] of [
  ['locked', 'update:users', true],
  ['locked', 'create:users', true],
  ['locked', 'read:users', false],
  ['unlocked', 'update:users', false],
  ['readOnly', 'update:users', false],
] as const) {
  test(`unlocking is ${offered ? '' : 'not '}offered on the row: ${lock}, ${scopes}`, () => {
    const acme = { domain: domain('acme.eu.auth0.com'), origin: 'https://acme.eu.auth0.com', kind: 'token', ...ABOUT };
    const access = {
      knownClaims: () => ({ scopes: parseScopes(scopes), expiresAtMs: undefined }),
      signedIn: () => undefined,
      lockState: () => lock,
    };
    const { contextValue = '' } = tenantItem({ type: 'tenant', tenant: acme.domain }, acme, access, undefined);
    const whens = manifest.contributes.menus['view/item/context']
      .filter(({ command }) => command === 'auth0Metadata.unlockTenant')
      .map(({ when }) => new RegExp(/viewItem =~ \/(.*)\//.exec(when)?.[1] ?? '^$').test(contextValue));
    assert.deepEqual(whens, [offered, offered]);
  });
}

test('a tenant that nobody is signed in to says so on its row and in its hover', async () => {
  const acme = {
    domain: domain('acme.eu.auth0.com'),
    origin: 'https://acme.eu.auth0.com',
    kind: 'signedOut',
    ...ABOUT,
  };
  const access = {
    knownClaims: () => undefined,
    signedIn: () => undefined,
    lockState: () => 'locked' as const,
    limits: async () => [],
  };
  const item = tenantItem({ type: 'tenant', tenant: acme.domain }, acme, access, undefined);
  assert.equal(item.description, 'Staging · not signed in · EU');
  assert.match(item.accessibilityInformation?.label ?? '', /not signed in/);
  assert.match(await tenantTooltip(acme, access), /^Staging · Acme · not signed in$/m);
});
