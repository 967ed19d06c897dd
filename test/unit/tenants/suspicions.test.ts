// Tenants of a file that can be taken for another one.
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detailOf } from '../../../src/commands/tenants/importWords';
import { suspicionsOf } from '../../../src/tenants/transfer/suspicions';
import { decodeTenants } from '../../../src/tenants/transfer/tenantsFile';
import { ACME } from './tenantsIn';

const LONG = `acme.eu.auth0.com.${'a'.repeat(60)}.evil.example`;
const CONNECTED = [{ domain: ACME.domain, name: 'Acme' }];
const FINE = 'Added for production';

// biome-ignore format: a table
const SAID: readonly (readonly [domain: string, others: object, detail: string])[] = [
  ['other.eu.auth0.com', {}, FINE],
  ['other.eu.auth0.com', { environment: 'production' }, FINE],
  ['other.eu.auth0.com', { environment: 'development' }, `${FINE}, although the file says Development`],
  ['other.eu.auth0.com', { readOnly: true }, `${FINE} · Read-only for good, as the file says`],
  ['Other.EU.auth0.com', {}, FINE],
  ['https://other.eu.auth0.com', {}, `In the file: https://other.eu.auth0.com · ${FINE}`],
  ['ot\u00ADher.eu.auth0.com', {}, `In the file: ot<U+00AD>her.eu.auth0.com · ${FINE}`],
  // A Cyrillic а, as the file writes it and encoded.
  ['\u0430cme.eu.auth0.com', {}, `$(warning) Stands for \u0430cme.eu.auth0.com, which mixes letters of several scripts · In the file: \u0430cme.eu.auth0.com · ${FINE}`],
  ['xn--cme-5cd.eu.auth0.com', {}, `$(warning) Stands for \u0430cme.eu.auth0.com, which mixes letters of several scripts · ${FINE}`],
  ['xn--mnchen-3ya.example', {}, `$(warning) Stands for münchen.example, and may look like another domain · ${FINE}`],
  ['xn--80ak6aa92e.com', {}, `$(warning) Stands for аррӏе.com, and may look like another domain · ${FINE}`],
  ['xn--4dbcagdahymbxekheh6e0a7fei0b.example', {}, `$(warning) Stands for \u2068למההםפשוטלאמדבריםעברית.example\u2069, and may look like another domain · ${FINE}`],
  [LONG, {}, `$(warning) A very long domain, which ends in ${LONG.slice(-40)} · ${FINE}`],
  ['other.eu.auth0.com', { name: 'ACME' }, `$(warning) acme.eu.auth0.com has the same name · ${FINE}`],
  ['other.eu.auth0.com', { name: 'acme.us.auth0.com' }, `$(warning) Its name is another domain · ${FINE}`],
];

for (const [domain, others, detail] of SAID) {
  test(`${domain.slice(0, 30)} ${JSON.stringify(others)}: ${detail.slice(0, 70)}`, () => {
    const json = JSON.stringify({ version: 1, tenants: [{ domain, ...others }] });
    const decoded = decodeTenants(new TextEncoder().encode(json));
    assert.ok(!('kind' in decoded), JSON.stringify(decoded));
    const [tenant] = decoded;
    assert.ok(tenant);
    assert.equal(detailOf(tenant, suspicionsOf(tenant, CONNECTED)), detail);
  });
}
