// The file of Auth0's own CLI: domains and names are taken, tokens never; whatever else it holds, nothing is offered.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { test } from 'node:test';
import { cliConfigFile, decodeCliTenants, readCliTenants } from '../../../src/tenants/signIn/cliTenants';

/** As the CLI writes it: tenants by domain, the token where the system has no keyring. */
const CONFIG = {
  install_id: '3998b053-dd7f-4bfe-bb10-c4f3a96a0180',
  default_tenant: 'acme.eu.auth0.com',
  tenants: {
    'other.us.auth0.com': { name: 'other', domain: 'other.us.auth0.com', client_id: 'hidden' },
    'acme.eu.auth0.com': {
      name: 'acme',
      domain: 'acme.eu.auth0.com',
      access_token: 'eyJ.hidden.token',
      scopes: ['read:users'],
      expires_at: '2023-02-15T11:05:11+01:00',
      client_id: '',
    },
  },
};
const BOTH = [
  { domain: 'acme.eu.auth0.com', name: 'acme' },
  { domain: 'other.us.auth0.com', name: 'other' },
];

test('domains and names are taken, in order, and nothing else', () => {
  const tenants = decodeCliTenants(JSON.stringify(CONFIG));
  assert.deepEqual(tenants, BOTH);
  assert.doesNotMatch(JSON.stringify(tenants), /hidden/);
});

// biome-ignore format: a table
const ODD: readonly (readonly [what: string, text: string, domains: readonly string[]])[] = [
  ['nothing', '', []], ['no JSON', '{"tenants":', []], ['null', 'null', []], ['a list', '[]', []], ['no tenants', '{}', []],
  ['tenants in a list', '{"tenants": [{"domain": "acme.eu.auth0.com"}]}', []], ['null for tenants', '{"tenants": null}', []],
  ['null for a tenant', '{"tenants": {"acme.eu.auth0.com": null}}', []],
  ['a tenant without its domain', '{"tenants": {"acme.eu.auth0.com": {}}}', ['acme.eu.auth0.com']],
  ['a domain that is none', '{"tenants": {"a": {"domain": "acme"}, "b": {"domain": "10.0.0.1"}, "c": {"domain": ""}}}', []],
  ['a number for a domain', '{"tenants": {"acme.eu.auth0.com": {"domain": 7}}}', ['acme.eu.auth0.com']],
  ['one domain under two keys', '{"tenants": {"a": {"domain": "acme.eu.auth0.com"}, "b": {"domain": "ACME.eu.auth0.com"}}}', ['acme.eu.auth0.com']],
  ['a prototype', '{"tenants": {"__proto__": {"domain": "acme.eu.auth0.com"}}}', ['acme.eu.auth0.com']],
];

for (const [what, text, domains] of ODD) {
  test(`a file with ${what} offers ${domains.join(', ') || 'nothing'}`, () => {
    assert.deepEqual(
      decodeCliTenants(text).map(({ domain }) => domain),
      domains,
    );
  });
}

test('hidden characters of a name are shown', () => {
  const text = JSON.stringify({ tenants: { 'acme.eu.auth0.com': { name: '\u202Eac\nme' } } });
  assert.deepEqual(decodeCliTenants(text), [{ domain: 'acme.eu.auth0.com', name: '<U+202E>ac␊me' }]);
});

test('the file is where the CLI has it, and reading it never fails', async t => {
  const home = await mkdtemp(path.join(tmpdir(), 'auth0-metadata-home-'));
  t.after(() => rm(home, { recursive: true, force: true }));
  assert.equal(cliConfigFile({}), undefined);
  assert.equal(cliConfigFile({ HOME: '' }), undefined);
  const file = cliConfigFile({ HOME: home, XDG_CONFIG_HOME: '/elsewhere' });
  assert.equal(file, path.join(home, '.config', 'auth0', 'config.json'));
  assert.deepEqual(await readCliTenants(file), []);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(CONFIG));
  assert.deepEqual(await readCliTenants(file), BOTH);
  await writeFile(file, `${JSON.stringify(CONFIG)}${' '.repeat(1024 * 1024)}`);
  assert.deepEqual(await readCliTenants(file), []);
  await rm(file);
  await mkdir(file);
  assert.deepEqual(await readCliTenants(file), []);
});
