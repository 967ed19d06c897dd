// The registry over a VS Code that is only its secrets and its state.
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Credentials } from '../../../src/management/auth/credentials';
import { type AccessToken, parseScopes, type TokenClaims } from '../../../src/management/auth/token';
import { ManagementError } from '../../../src/management/errors';
import { parseTenantDomain, type Tenant, tenantOf } from '../../../src/management/tenant';
import { secretKey } from '../../../src/tenants/record';
import { TenantRegistry } from '../../../src/tenants/registry';
import { ExtensionStorage, secretsIn, stateIn } from '../../support/vscode/context';

function tenant(domain: string, origin?: string): Tenant {
  const parsed = parseTenantDomain(domain);
  assert.ok(parsed);
  return tenantOf(parsed, origin);
}

const ACME = tenant('acme.eu.auth0.com');
const SAMPLE = tenant('sample-tenant.localhost', 'http://127.0.0.1:4000');
const token = (value: string): Credentials => ({ kind: 'token', token: value });
const signedOut = (error: unknown) =>
  ManagementError.is(error, 'unauthorized') && error.status === undefined && error.outcome === 'notSent';

/** A registry in a window of its own; all windows of one `shared` are the same VS Code. */
function registryIn(
  shared = new ExtensionStorage(),
  mayMove: () => boolean | Promise<boolean> = () => assert.fail('nothing is asked'),
) {
  const connected: (readonly [origin: string, credentials: Credentials])[] = [];
  const moves: string[] = [];
  const window = { state: stateIn(shared), secrets: secretsIn(shared) };
  const registry = new TenantRegistry({
    ...window,
    sample: { start: async () => ({ tenant: SAMPLE, token: 'sample' }) },
    mayMove: async (from, to) => {
      moves.push(`${from.kind} ${from.origin} → ${to.kind} ${to.origin}`);
      return mayMove();
    },
    connect: async (at, credentials, onToken) => {
      connected.push([at.origin, credentials]);
      const claims: TokenClaims = { scopes: parseScopes('read:users'), expiresAtMs: 1 };
      const access: AccessToken = { value: 't', ...claims, renewable: false };
      const getToken = async () => {
        onToken?.(claims);
        return access;
      };
      return { client: { tenant: at } as never, tokens: { getToken, invalidate: () => undefined } };
    },
  });
  const changes: string[] = [];
  registry.onDidChange(({ domain, what }) => changes.push(`${what} ${domain}`));
  return { registry, connected, changes, moves, shared, window };
}

test('a tenant that was added is there, and one connection serves it', async () => {
  const { registry, connected, changes } = registryIn();
  await registry.add(ACME, token('a'));
  assert.deepEqual(registry.all(), [{ ...ACME, kind: 'token' }]);
  const [first, second] = await Promise.all([registry.client(ACME.domain), registry.client(ACME.domain)]);
  assert.equal(first, second);
  assert.deepEqual(connected, [['https://acme.eu.auth0.com', token('a')]]);
  assert.deepEqual(changes, ['added acme.eu.auth0.com']);
});

test('no secret is in the state', async () => {
  const { registry, shared } = registryIn();
  await registry.add(ACME, token('hidden'));
  assert.doesNotMatch(JSON.stringify(shared.store.get('auth0Metadata.tenants')), /hidden/);
});

test('the same again changes nothing, other credentials connect anew', async () => {
  const { registry, connected, changes } = registryIn();
  await registry.add(ACME, token('a'));
  const before = await registry.client(ACME.domain);
  await registry.add(ACME, token('a'));
  assert.equal(await registry.client(ACME.domain), before);
  await registry.add(ACME, token('b'));
  await registry.client(ACME.domain);
  assert.deepEqual(
    connected.map(([, credentials]) => credentials),
    [token('a'), token('b')],
  );
  assert.deepEqual(changes, ['added acme.eu.auth0.com', 'credentials acme.eu.auth0.com']);
});

test('without a secret, or without the tenant, nobody is signed in', async () => {
  const { registry, window } = registryIn();
  await assert.rejects(registry.client(ACME.domain), signedOut);
  await registry.add(ACME, token('a'));
  await window.secrets.delete(secretKey(ACME.domain));
  await assert.rejects(registry.client(ACME.domain), signedOut);
  await registry.add(ACME, token('a'));
  await registry.client(ACME.domain);
});

test('a secret goes to no other origin than the one it was entered for', async () => {
  const { registry, connected, shared } = registryIn();
  await registry.add(ACME, token('a'));
  shared.store.set('auth0Metadata.tenants', [{ ...ACME, origin: 'http://127.0.0.1:9999', kind: 'token' }]);
  await assert.rejects(registry.client(ACME.domain), signedOut);
  assert.deepEqual(connected, []);
});

test('removing forgets the secret', async () => {
  const { registry, shared, changes } = registryIn();
  await registry.add(ACME, token('a'));
  await registry.remove(ACME.domain);
  assert.deepEqual(registry.all(), []);
  assert.equal(
    [...shared.store.keys()].some(key => key.startsWith('secret')),
    false,
  );
  assert.equal(changes.at(-1), 'removed acme.eu.auth0.com');
});

test('another window signs in: this one connects anew', async () => {
  const here = registryIn();
  await here.registry.add(ACME, token('a'));
  await here.registry.client(ACME.domain);
  const there = registryIn(here.shared);
  await there.registry.add(ACME, token('b'));
  await new Promise(resolve => setImmediate(resolve));
  await here.registry.client(ACME.domain);
  assert.deepEqual(here.connected.at(-1)?.[1], token('b'));
  assert.equal(here.changes.at(-1), 'credentials acme.eu.auth0.com');
});

test('a late echo of an earlier change does not undo a sign-in that is under way', async () => {
  const { registry, window } = registryIn();
  await registry.add(ACME, token('a'));
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
  await registry.add(ACME, token('b'));
  const client = await registry.client(ACME.domain);
  for (let i = 0; i < 5; i++) await turn();
  assert.equal(await registry.client(ACME.domain), client);
});

test('another window removes the tenant', async () => {
  const here = registryIn();
  await here.registry.add(ACME, token('a'));
  await registryIn(here.shared).registry.remove(ACME.domain);
  await new Promise(resolve => setImmediate(resolve));
  assert.equal(here.changes.at(-1), 'removed acme.eu.auth0.com');
});

test('the sample tenant has no secret, and starts again by itself', async () => {
  const { registry, connected, shared } = registryIn();
  assert.deepEqual(await registry.addSample(), { ...SAMPLE, kind: 'sample' });
  const afterRestart = registryIn(shared);
  assert.deepEqual(await afterRestart.registry.tenant(SAMPLE.domain), SAMPLE);
  assert.equal(
    [...shared.store.keys()].some(key => key.startsWith('secret')),
    false,
  );
  assert.deepEqual(connected, []);
});

test('scopes become known with the first token', async () => {
  const { registry, changes } = registryIn();
  await registry.add(ACME, token('a'));
  assert.equal(registry.knownClaims(ACME.domain), undefined);
  const { canList, canUpdate } = await registry.abilities(ACME.domain);
  assert.deepEqual([canList, canUpdate], [true, false]);
  assert.deepEqual([...(registry.knownClaims(ACME.domain)?.scopes ?? [])], ['read:users']);
  assert.equal(changes.at(-1), 'scopes acme.eu.auth0.com');
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

const add = (registry: TenantRegistry, entry: Entry) =>
  entry === 'sample' ? registry.addSample() : registry.add(entry.at, entry.credentials);
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
        const { registry, connected, moves, shared } = registryIn(undefined, () => yes);
        await add(registry, first);
        await registry.client(SAMPLE.domain);
        await add(registry, second);
        const what = `${nameOf(first)}, then ${nameOf(second)}, ${yes ? 'yes' : 'no'}`;
        const moved = placeOf(first) !== placeOf(second);
        assert.equal(moves.length, moved ? 1 : 0, what);
        asked += moves.length;
        await registry.client(SAMPLE.domain);
        const last = moved && !yes ? first : second;
        assert.deepEqual(connected.at(-1), leadsTo(last), what);
        assert.equal(registry.all().length, 1);
        const again = registryIn(shared);
        await again.registry.client(SAMPLE.domain);
        assert.deepEqual(again.connected, [leadsTo(last)], `${what}, in the next window`);
      }
    }
  }
  assert.equal(asked, 2 * (9 * 6 + 9 * 2));
});

test('the sample takes the name, then the same token again: connected where it belongs', async () => {
  const { registry, connected } = registryIn(undefined, () => true);
  const [entry = 'sample'] = ENTRIES;
  for (const next of [entry, 'sample', entry] as const) await add(registry, next);
  await registry.client(SAMPLE.domain);
  assert.deepEqual(connected.at(-1), leadsTo(entry));
});

test('a yes counts only for the place that was asked about', async () => {
  const [here, , , there, , , remote] = ENTRIES;
  assert(here && there && remote);
  const shared = new ExtensionStorage();
  const other = registryIn(shared, () => true);
  await add(other.registry, here);
  let answers = 0;
  const asking = registryIn(shared, async () => {
    if (++answers === 1) await add(other.registry, there);
    return answers === 1;
  });
  assert.deepEqual(await add(asking.registry, remote), { ...THERE, kind: 'token' });
  assert.deepEqual(asking.moves, [
    'token http://127.0.0.1:4001 → token https://sample-tenant.localhost',
    'token http://127.0.0.1:4002 → token https://sample-tenant.localhost',
  ]);
});
