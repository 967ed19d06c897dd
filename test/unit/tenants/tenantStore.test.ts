// What is kept of the tenants, over a VS Code that is only its secrets and its state.
import { shown } from '../../support/vscode/window';
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Credentials } from '../../../src/management/auth/credentials';
import { ManagementError } from '../../../src/management/errors';
import { encodeSecret, guessedProfile } from '../../../src/tenants/record';
import type { TenantStore } from '../../../src/tenants/tenantStore';
import { ExtensionStorage } from '../../support/vscode/context';
import { ACME, SAMPLE, tenant, tenantsIn, token } from './tenantsIn';

test('no secret is in the state', async () => {
  const { tenants, shared } = tenantsIn();
  await tenants.add(ACME, token('hidden'));
  assert.doesNotMatch(JSON.stringify(shared.store.get('auth0Metadata.tenants')), /hidden/);
});

test('removing forgets the secret', async () => {
  const { tenants, shared, changes } = tenantsIn();
  await tenants.add(ACME, token('a'));
  await tenants.remove(ACME.domain);
  assert.deepEqual(tenants.all(), []);
  assert.equal(
    [...shared.store.keys()].some(key => key.startsWith('secret')),
    false,
  );
  assert.equal(changes.at(-1), 'removed acme.eu.auth0.com');
});

test('another window removes the tenant', async () => {
  const here = tenantsIn();
  await here.tenants.add(ACME, token('a'));
  await tenantsIn(here.shared).tenants.remove(ACME.domain);
  await new Promise(resolve => setImmediate(resolve));
  assert.equal(here.changes.at(-1), 'removed acme.eu.auth0.com');
});

test('the sample tenant has no secret, and starts again by itself', async () => {
  const { tenants, opened, shared } = tenantsIn();
  assert.deepEqual(await tenants.addSample(), { ...SAMPLE, kind: 'sample', ...guessedProfile(SAMPLE) });
  const afterRestart = tenantsIn(shared);
  assert.deepEqual(await afterRestart.access.tenant(SAMPLE.domain), SAMPLE);
  assert.equal(
    [...shared.store.keys()].some(key => key.startsWith('secret')),
    false,
  );
  assert.deepEqual(opened, []);
});

test('a tenant can be added without a secret: signed out until somebody signs in, and treated as it was described', async () => {
  const { tenants, access, changes, shared, opened } = tenantsIn();
  const profile = { name: 'Acme', environment: 'production', readOnly: true } as const;
  // Left over from a tenant that is not there any more: it was not entered for this one.
  shared.store.set(`secret auth0Metadata.credentials:${ACME.domain}`, encodeSecret(ACME, token('old')));
  assert.equal(await tenants.addSignedOut(ACME, profile), true);
  assert.deepEqual(tenantsIn(shared).tenants.all(), [{ ...ACME, kind: 'signedOut', ...profile }]);
  await assert.rejects(access.client(ACME.domain), error => ManagementError.is(error, 'unauthorized'));
  assert.equal(access.signedIn(ACME.domain), undefined);
  assert.deepEqual(await tenants.add(ACME, token('new')), { ...ACME, kind: 'token', ...profile });
  await access.client(ACME.domain);
  assert.deepEqual(
    [opened, changes],
    [[[ACME.origin, token('new')]], [`added ${ACME.domain}`, `credentials ${ACME.domain}`]],
  );
});

test('a tenant that is there is not touched by one without a secret, wherever it is', async () => {
  const profile = { name: 'Mine', environment: 'production', readOnly: true } as const;
  for (const place of [ACME, tenant(ACME.domain, 'http://127.0.0.1:4001')]) {
    const { tenants, access, changes, opened } = tenantsIn();
    await tenants.add(place, token('mine'), { name: 'Acme', environment: 'staging', readOnly: false });
    const before = tenants.all();
    assert.equal(await tenants.addSignedOut(ACME, profile), false);
    assert.deepEqual(tenants.all(), before);
    await access.client(ACME.domain);
    assert.deepEqual([opened, changes], [[[place.origin, token('mine')]], [`added ${ACME.domain}`]]);
  }
});

// One domain at each of three places, signed in to in each way: what was there first, and what comes then.
const HERE = tenant(SAMPLE.domain, 'http://127.0.0.1:4001');
const THERE = tenant(SAMPLE.domain, 'http://127.0.0.1:4002');
const REMOTE = tenant(SAMPLE.domain);
const client = (clientId: string): Credentials => ({ kind: 'client', clientId, clientSecret: `of ${clientId}` });
const ENTRIES = [HERE, THERE, REMOTE].flatMap(at => [
  { at, credentials: token(`token for ${at.origin}`) },
  { at, credentials: token(`second token for ${at.origin}`) },
  { at, credentials: client(`client of ${at.origin}`) },
]);
type Entry = (typeof ENTRIES)[number] | 'sample';

const add = (tenants: TenantStore, entry: Entry) =>
  entry === 'sample' ? tenants.addSample() : tenants.add(entry.at, entry.credentials);
const nameOf = (entry: Entry) =>
  entry === 'sample' ? 'the sample' : `${JSON.stringify(entry.credentials)} at ${entry.at.origin}`;
const placeOf = (entry: Entry) => (entry === 'sample' ? 'sample' : entry.at.origin);
/** Where it leads, and with what. */
const leadsTo = (entry: Entry) =>
  entry === 'sample' ? [SAMPLE.origin, token('sample')] : [entry.at.origin, entry.credentials];

test('a domain that is connected moves to another place only with a yes, and no secret ever goes along', async () => {
  let asked = 0;
  for (const first of [...ENTRIES, 'sample'] as const) {
    for (const second of [...ENTRIES, 'sample'] as const) {
      for (const yes of [true, false]) {
        const { tenants, access, opened, moves, shared } = tenantsIn(undefined, () => yes);
        await add(tenants, first);
        await access.client(SAMPLE.domain);
        await add(tenants, second);
        const what = `${nameOf(first)}, then ${nameOf(second)}, ${yes ? 'yes' : 'no'}`;
        const moved = placeOf(first) !== placeOf(second);
        assert.equal(moves.length, moved ? 1 : 0, what);
        asked += moves.length;
        await access.client(SAMPLE.domain);
        const last = moved && !yes ? first : second;
        assert.deepEqual(opened.at(-1), leadsTo(last), what);
        assert.equal(tenants.all().length, 1);
        const again = tenantsIn(shared);
        await again.access.client(SAMPLE.domain);
        assert.deepEqual(again.opened, [leadsTo(last)], `${what}, in the next window`);
      }
    }
  }
  assert.equal(asked, 2 * (9 * 6 + 9 * 2));
});

test('the sample takes the name, then the same token again: connected where it belongs', async () => {
  const { tenants, access, opened } = tenantsIn(undefined, () => true);
  const [entry = 'sample'] = ENTRIES;
  for (const next of [entry, 'sample', entry] as const) await add(tenants, next);
  await access.client(SAMPLE.domain);
  assert.deepEqual(opened.at(-1), leadsTo(entry));
});

test('a yes counts only for the place that was asked about', async () => {
  const [here, , , there, , , remote] = ENTRIES;
  assert(here && there && remote);
  const shared = new ExtensionStorage();
  const other = tenantsIn(shared, () => true);
  await add(other.tenants, here);
  let answers = 0;
  const asking = tenantsIn(shared, async () => {
    if (++answers === 1) await add(other.tenants, there);
    return answers === 1;
  });
  assert.deepEqual(await add(asking.tenants, remote), { ...THERE, kind: 'token', ...guessedProfile(THERE) });
  assert.deepEqual(asking.moves, [
    'token http://127.0.0.1:4001 → token https://sample-tenant.localhost',
    'token http://127.0.0.1:4002 → token https://sample-tenant.localhost',
  ]);
});

test('what another window says of a tenant is told here once somebody looks; what this window said is told once', async () => {
  const here = tenantsIn();
  await here.tenants.add(ACME, token('a'));
  const told = here.changes.length;
  const other = tenantsIn(here.shared).tenants;
  await other.describe(ACME.domain, { environment: 'development' });
  await other.addSignedOut(tenant('shop.eu.auth0.com'), guessedProfile(ACME));
  await here.tenants.describe(ACME.domain, { name: 'Acme' });
  shown.didChangeState.fire({ focused: true });
  shown.didChangeState.fire({ focused: false });
  assert.deepEqual(here.changes.slice(told), ['profile acme.eu.auth0.com', 'added shop.eu.auth0.com']);
});

test('a tenant that is being added is not to be seen before it can be used, whoever looks meanwhile', async () => {
  for (const add of [
    ({ tenants }: ReturnType<typeof tenantsIn>) => tenants.add(ACME, token('a')),
    ({ tenants }: ReturnType<typeof tenantsIn>) => tenants.addSample(),
    ({ tenants }: ReturnType<typeof tenantsIn>) => tenants.addSignedOut(ACME, guessedProfile(ACME)),
  ]) {
    const window = tenantsIn();
    const { tenants, access, changes } = window;
    let isAdded = false;
    const added = add(window).then(() => {
      isAdded = true;
    });
    while (!isAdded) {
      shown.didChangeState.fire({ focused: true });
      // By the time that anybody is told, the client can be opened.
      if (changes.length === 0) assert.deepEqual(tenants.all(), []);
      for (const { domain, kind } of tenants.all()) if (kind !== 'signedOut') await access.client(domain);
      await Promise.resolve();
    }
    await added;
    assert.equal(tenants.all().length, 1);
    assert.equal(changes.filter(change => !change.startsWith('scopes')).length, 1, String(changes));
  }
});

const broken = async () => {
  throw new Error('the keyring is locked');
};

test('an add that fails half way leaves nothing of itself: the next one decides what the tenant is for', async t => {
  const { tenants, changes, shared, window } = tenantsIn();
  const { mock } = t.mock.method(window.secrets, 'store', broken);
  const production = { name: 'Acme', environment: 'production', readOnly: true } as const;
  await assert.rejects(tenants.add(ACME, token('a'), { ...production, environment: 'development', readOnly: false }));
  assert.deepEqual([tenants.all(), tenants.get(ACME.domain), changes], [[], undefined, []]);
  mock.restore();
  assert.deepEqual(await tenants.add(ACME, token('a'), production), { ...ACME, kind: 'token', ...production });
  assert.deepEqual(changes, ['added acme.eu.auth0.com']);
  const held = [...shared.store.keys()].filter(key => key.startsWith('secret'));
  assert.equal(held.length, 1);
});

test('new credentials that cannot be kept leave the old ones, and how the user is signed in', async t => {
  const { tenants, access, changes, window } = tenantsIn();
  const record = await tenants.add(ACME, token('a'));
  changes.length = 0;
  const { mock } = t.mock.method(window.secrets, 'store', broken);
  await assert.rejects(tenants.add(ACME, { kind: 'client', clientId: 'id', clientSecret: 's' }));
  mock.restore();
  assert.deepEqual([tenants.all(), changes], [[record], []]);
  assert.deepEqual(await tenants.credentials(record), token('a'));
  assert.equal(access.signedIn(ACME.domain), 'Signed in with a pasted token');
});

test('a tenant whose secret cannot be deleted is still there, and can be removed later', async t => {
  const { tenants, changes, shared, window } = tenantsIn();
  const record = await tenants.add(ACME, token('a'));
  changes.length = 0;
  const { mock } = t.mock.method(window.secrets, 'delete', broken);
  await assert.rejects(tenants.remove(ACME.domain));
  assert.deepEqual([tenants.all(), changes], [[record], []]);
  mock.restore();
  await tenants.remove(ACME.domain);
  assert.deepEqual([tenants.all(), changes], [[], ['removed acme.eu.auth0.com']]);
  assert.doesNotMatch([...shared.store.keys()].join(), /secret/);
});

test('a tenant that is removed while somebody signs in to it again leaves no secret', async t => {
  const { tenants, shared, window } = tenantsIn();
  await tenants.add(ACME, token('a'));
  const store = window.secrets.store.bind(window.secrets);
  let go: () => void = () => undefined;
  t.mock.method(window.secrets, 'store', async (key: string, value: string) => {
    await new Promise<void>(resolve => {
      go = resolve;
    });
    await store(key, value);
  });
  const again = tenants.add(ACME, token('b'));
  await new Promise(resolve => setImmediate(resolve));
  const removed = tenants.remove(ACME.domain);
  await new Promise(resolve => setImmediate(resolve));
  go();
  await Promise.all([again, removed]);
  assert.deepEqual(tenants.all(), []);
  assert.doesNotMatch([...shared.store.keys()].join(), /secret/);
});
