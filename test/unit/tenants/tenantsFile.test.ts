// The file of *Export Tenants…*: what is in it, and what *Import Tenants…* says of one that is wrong.
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemInWords } from '../../../src/commands/tenants/importWords';
import type { TenantRecord } from '../../../src/tenants/record';
import { decodeTenants, encodeTenants, isMovable, MAX_FILE_BYTES } from '../../../src/tenants/transfer/tenantsFile';
import { ACME, SAMPLE, tenant } from './tenantsIn';

const bytes = (text: string) => new TextEncoder().encode(text);
const file = (...tenants: readonly unknown[]) => JSON.stringify({ version: 1, tenants });
const DOMAIN = 'acme.eu.auth0.com';

const acme: TenantRecord = { ...ACME, kind: 'token', name: 'Acme', environment: 'staging', readOnly: false };
const login = tenant('login.example.com');
const custom: TenantRecord = { ...login, kind: 'client', name: 'Ürün', environment: 'production', readOnly: true };

test('the file can be read by a person, and gives back what it was made of', () => {
  const text = encodeTenants([acme, custom]);
  assert.equal(
    text,
    `{
  "version": 1,
  "tenants": [
    {
      "domain": "acme.eu.auth0.com",
      "name": "Acme",
      "environment": "staging",
      "readOnly": false
    },
    {
      "domain": "login.example.com",
      "name": "Ürün",
      "environment": "production",
      "readOnly": true
    }
  ]
}
`,
  );
  assert.deepEqual(decodeTenants(bytes(text)), [
    { domain: DOMAIN, written: DOMAIN, name: 'Acme', environment: 'staging', readOnly: false },
    { domain: login.domain, written: login.domain, name: 'Ürün', environment: 'production', readOnly: true },
  ]);
});

test('nothing but the four members of a record is written', () => {
  const withMore = { ...acme, token: 'hidden', clientSecret: 'hidden', audience: 'hidden' };
  assert.doesNotMatch(encodeTenants([withMore]), /hidden|https:/);
});

test('the sample tenant and sandboxes are not for other machines', () => {
  assert.equal(isMovable(acme), true);
  assert.equal(isMovable({ ...acme, kind: 'signedOut' }), true);
  assert.equal(isMovable({ ...acme, ...SAMPLE, kind: 'sample' }), false);
  assert.equal(isMovable({ ...acme, origin: 'http://127.0.0.1:4000' }), false);
});

test('what a file leaves out, or writes in another way, is understood', () => {
  const [only] = decode(`\uFEFF${file({ domain: ' https://ACME.eu.auth0.com/ ', token: 'ignored' })}`);
  const written = ' https://ACME.eu.auth0.com/ ';
  assert.deepEqual(only, { domain: DOMAIN, written, name: DOMAIN, environment: undefined, readOnly: false });
});

// biome-ignore format: a table
const NAMES: readonly (readonly [inFile: string, shown: string])[] = [
  ['Acme\nProduction', 'Acme␊Production'], ['\u202Eemca', '<U+202E>emca'], ['Ac\u200Bme', 'Ac<U+200B>me'],
  ['\u0000', '␀'], ['[x](command:a)', '[x] (command:a)'], ['$(lock) Acme', '$ (lock) Acme'], ['  ', DOMAIN], ['x'.repeat(61), `${'x'.repeat(59)}…`],
];

for (const [name, shown] of NAMES) {
  test(`the name ${JSON.stringify(name).slice(0, 30)} is taken as ${shown.slice(0, 30)}`, () => {
    assert.equal(decode(file({ domain: DOMAIN, name }))[0]?.name, shown);
  });
}

const CHOOSE = 'Choose the file that Export Tenants… wrote.';
const NO_EXPORT = `F is no export of tenants: it needs a \`version\` and a list of \`tenants\`. ${CHOOSE}`;
const NO_DOMAIN = 'which is none. It looks like acme.eu.auth0.com, without a port.';
const VERSIONS = 'and this extension reads version 1. Update the older of the two extensions, and export again.';

// biome-ignore format: a table
const WRONG: readonly (readonly [what: string, text: string, said: string])[] = [
  ['nothing', '', `F is not JSON. ${CHOOSE}`],
  ['a text', 'acme.eu.auth0.com', `F is not JSON. ${CHOOSE}`],
  ['a broken text', '{"version": 1,', 'F, line 1, column 15: A key in double quotes is expected here.'],
  ['a comma too many', '{\r\n  "version": 1,\n  "tenants": [],\n}', 'F, line 3, column 16: There is a comma after the last element: remove it.'],
  ['a comma too few', '{\r"version": 1\r"tenants": []}', 'F, line 3, column 1: A comma or the closing bracket is expected here.'],
  ['a comment in it', '{\n  // mine\n"version": 1}', 'F, line 2, column 3: JSON has no comments: remove it.'],
  ['a comment', '// mine\n{"version": 1, "tenants": []}', `F is not JSON. ${CHOOSE}`],
  ['null', 'null', NO_EXPORT],
  ['a list', `[${file()}]`, NO_EXPORT],
  ['other JSON', '{"name": "x"}', NO_EXPORT],
  ['no list', '{"version": 1}', NO_EXPORT],
  ['an object of tenants', '{"version": 1, "tenants": {}}', NO_EXPORT],
  ['a later version', '{"version": 2, "tenants": []}', `F has the version 2, ${VERSIONS}`],
  ['a version in quotes', '{"version": "1", "tenants": []}', `F has the version 1, ${VERSIONS}`],
  ['a hostile version', '{"version": "\\u202E[x](command:a)"}', `F has the version <U+202E>[x] (command:a), ${VERSIONS}`],
  ['no tenants', file(), 'F holds no tenants. Export again from a VS Code that has some.'],
  ['no tenant', file(null), 'F: tenant 1 has no `domain`. Write it into the file, or take the tenant out.'],
  ['no domain', file({ domain: DOMAIN }, { name: 'x' }), 'F: tenant 2 has no `domain`. Write it into the file, or take the tenant out.'],
  ['a name for a domain', file({ domain: 'acme' }), `F: the \`domain\` of tenant 1 is “acme”, ${NO_DOMAIN}`],
  ['an address', file({ domain: '10.0.0.1' }), `F: the \`domain\` of tenant 1 is “10.0.0.1”, ${NO_DOMAIN}`],
  ['a port', file({ domain: `${DOMAIN}:8443` }), `F: the \`domain\` of tenant 1 is “${DOMAIN}:8443”, ${NO_DOMAIN}`],
  ['http', file({ domain: `http://${DOMAIN}` }), `F: the \`domain\` of tenant 1 is “http://${DOMAIN}”, ${NO_DOMAIN}`],
  ['a password', file({ domain: `https://a:b@${DOMAIN}` }), `F: the \`domain\` of tenant 1 is “https://a:b@${DOMAIN}”, ${NO_DOMAIN}`],
  ['the dashboard', file({ domain: 'manage.auth0.com' }), `F: the \`domain\` of tenant 1 is “manage.auth0.com”, ${NO_DOMAIN}`],
  ['a number for a domain', file({ domain: 7 }), `F: the \`domain\` of tenant 1 is “7”, ${NO_DOMAIN}`],
  ['bidi in a domain', file({ domain: 'acme\u202E.auth0.com' }), `F: the \`domain\` of tenant 1 is “acme<U+202E>.auth0.com”, ${NO_DOMAIN}`],
  ['a sandbox', file({ domain: SAMPLE.domain }), `F: tenant 1 is ${SAMPLE.domain}, which exists on one machine only. Take it out of the file.`],
  ['one twice', file({ domain: DOMAIN }, { domain: 'ACME.eu.auth0.com.' }), `F: tenant 2 is ${DOMAIN} once more. Take one of the two out of the file.`],
  ['no name', file({ domain: DOMAIN, name: null }), 'F: the `name` of tenant 1 is null. Write a text.'],
  ['an environment', file({ domain: DOMAIN, environment: 'prod' }), 'F: the `environment` of tenant 1 is “prod”. Write development, staging or production.'],
  ['an odd environment', file({ domain: DOMAIN, environment: ['staging'] }), 'F: the `environment` of tenant 1 is “["staging"]”. Write development, staging or production.'],
  ['a text for a flag', file({ domain: DOMAIN, readOnly: 'no' }), 'F: `readOnly` of tenant 1 is no. Write true or false.'],
  ['too much', ' '.repeat(MAX_FILE_BYTES + 1), `F is larger than 512 KB, and no export of tenants is. ${CHOOSE}`],
];

for (const [what, text, said] of WRONG) {
  test(`a file with ${what}: ${said.slice(0, 60)}`, () => assert.equal(problemOf(bytes(text)), said));
}

test('a file that is not text', () => {
  assert.equal(problemOf(Uint8Array.of(0xff, 0xfe, 0x7b, 0)), `F is not JSON. ${CHOOSE}`);
});

function decode(text: string) {
  const tenants = decodeTenants(bytes(text));
  assert.ok(!('kind' in tenants), JSON.stringify(tenants));
  return tenants;
}

function problemOf(content: Uint8Array): string {
  const problem = decodeTenants(content);
  assert.ok('kind' in problem, JSON.stringify(problem));
  return problemInWords(problem, 'F');
}
