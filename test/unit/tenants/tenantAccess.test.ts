// The way into each tenant, over a VS Code that is only its secrets and its state.
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { abilitiesOf } from '../../../src/management/auth/scopes';
import { ManagementError } from '../../../src/management/errors';
import { guessedProfile, secretKey } from '../../../src/tenants/record';
import { userId } from '../../support/management';
import { ACME, SAMPLE, tenantsIn, token } from './tenantsIn';

const signedOut = (error: unknown) =>
  ManagementError.is(error, 'unauthorized') && error.status === undefined && error.outcome === 'notSent';

test('a tenant that was added is there, and one connection serves it', async () => {
  const { tenants, access, opened, changes } = tenantsIn();
  await tenants.add(ACME, token('a'));
  assert.deepEqual(tenants.all(), [{ ...ACME, kind: 'token', ...guessedProfile(ACME) }]);
  const [first, second] = await Promise.all([access.client(ACME.domain), access.client(ACME.domain)]);
  assert.equal(first, second);
  assert.deepEqual(opened, [['https://acme.eu.auth0.com', token('a')]]);
  assert.deepEqual(changes, ['added acme.eu.auth0.com']);
});

test('the same again changes nothing, other credentials connect anew', async () => {
  const { tenants, access, opened, changes } = tenantsIn();
  await tenants.add(ACME, token('a'));
  const before = await access.client(ACME.domain);
  await tenants.add(ACME, token('a'));
  assert.equal(await access.client(ACME.domain), before);
  await tenants.add(ACME, token('b'));
  await access.client(ACME.domain);
  assert.deepEqual(
    opened.map(([, credentials]) => credentials),
    [token('a'), token('b')],
  );
  assert.deepEqual(changes, ['added acme.eu.auth0.com', 'credentials acme.eu.auth0.com']);
});

test('without a secret, or without the tenant, nobody is signed in', async () => {
  const { tenants, access, window } = tenantsIn();
  await assert.rejects(access.client(ACME.domain), signedOut);
  await tenants.add(ACME, token('a'));
  await window.secrets.delete(secretKey(ACME.domain));
  await assert.rejects(access.client(ACME.domain), signedOut);
  await tenants.add(ACME, token('a'));
  await access.client(ACME.domain);
});

test('a secret goes to no other origin than the one it was entered for', async () => {
  const { tenants, access, opened, shared } = tenantsIn();
  await tenants.add(ACME, token('a'));
  shared.store.set('auth0Metadata.tenants', [{ ...ACME, origin: 'http://127.0.0.1:9999', kind: 'token' }]);
  await assert.rejects(access.client(ACME.domain), signedOut);
  assert.deepEqual(opened, []);
});

test('another window signs in: this one connects anew', async () => {
  const here = tenantsIn();
  await here.tenants.add(ACME, token('a'));
  await here.access.client(ACME.domain);
  const there = tenantsIn(here.shared);
  await there.tenants.add(ACME, token('b'));
  await new Promise(resolve => setImmediate(resolve));
  await here.access.client(ACME.domain);
  assert.deepEqual(here.opened.at(-1)?.[1], token('b'));
  assert.equal(here.changes.at(-1), 'credentials acme.eu.auth0.com');
});

test('a late echo of an earlier change does not undo a sign-in that is under way', async () => {
  const { tenants, access, window } = tenantsIn();
  await tenants.add(ACME, token('a'));
  const key = secretKey(ACME.domain);
  const turn = () => new Promise(resolve => setImmediate(resolve));
  const { store, get } = window.secrets;
  window.secrets.get = async of => {
    await turn();
    return get(of);
  };
  window.secrets.store = async (to, text) => {
    await store(to, (await get(key)) ?? '');
    await turn();
    await turn();
    await store(to, text);
  };
  await tenants.add(ACME, token('b'));
  const client = await access.client(ACME.domain);
  for (let i = 0; i < 5; i++) await turn();
  assert.equal(await access.client(ACME.domain), client);
});

test('scopes become known with the first token', async () => {
  const { tenants, access, changes } = tenantsIn();
  await tenants.add(ACME, token('a'));
  assert.equal(access.knownClaims(ACME.domain), undefined);
  await (await access.client(ACME.domain)).getUser(userId('auth0|1'));
  assert.equal(abilitiesOf(access.knownClaims(ACME.domain)?.scopes).canUpdate, false);
  assert.deepEqual([...(access.knownClaims(ACME.domain)?.scopes ?? [])], ['read:users']);
  assert.equal(changes.at(-1), 'scopes acme.eu.auth0.com');
});

test('how one is signed in is said of each tenant but the sample', async () => {
  const { tenants, access } = tenantsIn();
  assert.equal(access.signedIn(ACME.domain), undefined);
  await tenants.add(ACME, token('a'));
  assert.equal(access.signedIn(ACME.domain), 'Signed in with a pasted token');
  await tenants.add(ACME, { kind: 'client', clientId: 'id', clientSecret: 's' });
  assert.equal(access.signedIn(ACME.domain), 'Signed in with client credentials');
  await tenants.addSample();
  assert.equal(access.signedIn(SAMPLE.domain), undefined);
});

test('a token that comes late, after other credentials were entered, says nothing of them', async () => {
  const { tenants, access, changes } = tenantsIn();
  await tenants.add(ACME, token('a'));
  const earlier = await access.client(ACME.domain);
  await tenants.add(ACME, token('b'));
  await earlier.getUser(userId('auth0|1'));
  assert.equal(access.knownClaims(ACME.domain), undefined);
  assert.equal(changes.at(-1), 'credentials acme.eu.auth0.com');
});

test('who hears of other credentials gets a client of theirs', async () => {
  const { tenants, access, opened } = tenantsIn();
  await tenants.add(ACME, token('a'));
  const before = await access.client(ACME.domain);
  const clients: unknown[] = [];
  access.onDidChange(({ domain }) => clients.push(access.client(domain)));
  await tenants.add(ACME, token('b'));
  const [after, ...more] = await Promise.all(clients);
  assert.notEqual(after, before);
  assert.deepEqual([opened.at(-1)?.[1], more], [token('b'), []]);
});

test('the sample tenant added once more is told, and stays open with what is known of it', async () => {
  const { tenants, access, changes } = tenantsIn();
  await tenants.addSample();
  const client = await access.client(SAMPLE.domain);
  await client.getUser(userId('auth0|1'));
  await tenants.addSample();
  assert.equal(await access.client(SAMPLE.domain), client);
  assert.deepEqual([...(access.knownClaims(SAMPLE.domain)?.scopes ?? [])], ['read:users']);
  assert.deepEqual(
    changes.map(change => change.split(' ')[0]),
    ['added', 'scopes', 'credentials'],
  );
});

test('a client that is no longer the one of its tenant says so', async () => {
  const { tenants, access, hooks } = tenantsIn();
  await tenants.add(ACME, token('a'));
  await access.client(ACME.domain);
  const [first] = hooks;
  assert.equal(first?.isCurrent?.(), true);
  await tenants.add(ACME, token('b'));
  await access.client(ACME.domain);
  assert.deepEqual(
    hooks.map(one => one.isCurrent?.()),
    [false, true],
  );
  await tenants.remove(ACME.domain);
  assert.equal(hooks[1]?.isCurrent?.(), false);
});

test('a token counts as refused from the refusal on, until it is accepted again or another is entered', async () => {
  const { tenants, access, hooks, changes } = tenantsIn();
  await tenants.add(ACME, token('a'));
  await access.client(ACME.domain);
  const told = () => [access.isTokenRefused(ACME.domain), changes.filter(change => change.startsWith('token')).length];
  hooks[0]?.onTokenAnswer?.(true);
  assert.deepEqual(told(), [false, 0]);
  for (let i = 0; i < 2; i++) hooks[0]?.onTokenAnswer?.(false);
  assert.deepEqual(told(), [true, 1]);
  hooks[0]?.onTokenAnswer?.(true);
  assert.deepEqual(told(), [false, 2]);
  hooks[0]?.onTokenAnswer?.(false);
  await tenants.add(ACME, token('b'));
  assert.equal(access.isTokenRefused(ACME.domain), false);
  hooks[0]?.onTokenAnswer?.(false);
  assert.equal(access.isTokenRefused(ACME.domain), false, 'that was the earlier token');
});

test('a token that was refused and is entered again is no longer said to be refused, and connects anew', async () => {
  const { tenants, access, hooks, changes } = tenantsIn();
  await tenants.add(ACME, token('a'));
  const before = await access.client(ACME.domain);
  hooks[0]?.onTokenAnswer?.(false);
  changes.length = 0;
  await tenants.add(ACME, token('a'));
  assert.deepEqual([access.isTokenRefused(ACME.domain), changes], [false, ['credentials acme.eu.auth0.com']]);
  assert.notEqual(await access.client(ACME.domain), before);
});

test('an application may be granted more by now: its secret entered again connects anew, a token that works does not', async () => {
  for (const [credentials, isNew] of [
    [{ kind: 'client', clientId: 'id', clientSecret: 's' }, true],
    [token('a'), false],
  ] as const) {
    const { tenants, access } = tenantsIn();
    await tenants.add(ACME, credentials);
    const before = await access.client(ACME.domain);
    await tenants.add(ACME, credentials);
    assert.equal((await access.client(ACME.domain)) !== before, isNew);
  }
});
