import assert from 'node:assert/strict';
import { test } from 'node:test';
import { regionOf, tenantSort } from '../../../src/tree/model/tenantFacts';
import { tenantDomain } from '../../support/management';

const REGIONS: readonly (readonly [domain: string, region: string | undefined])[] = [
  ['acme.auth0.com', 'US'],
  ['acme.eu.auth0.com', 'EU'],
  ['acme.jp.auth0.com', 'JP'],
  ['login.acme.com', undefined],
];

for (const [text, region] of REGIONS) test(text, () => assert.equal(regionOf(tenantDomain(text)), region));

test('a sandbox is named by its address, whatever its domain', () => {
  const tenant = { domain: tenantDomain('acme.auth0.com'), origin: 'http://127.0.0.1:4000', kind: 'token' };
  assert.deepEqual(tenantSort(tenant), { sort: 'sandbox', host: '127.0.0.1:4000' });
});
