// What a tenant is for decides whether it may be changed. Over a VS Code that is only its secrets and its state.
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import type { Environment } from '../../../src/management/environment';
import { TenantGuard } from '../../../src/tenants/guard';
import { guessedProfile } from '../../../src/tenants/record';
import { ACME, SAMPLE, tenant, tenantsIn, token } from './tenantsIn';

const HOUR_MS = 3_600_000;

function guardOf(tenants: ReturnType<typeof tenantsIn>['tenants'], relockMs = 0) {
  const locked = new Set<Environment>(['production']);
  const guard = new TenantGuard({ store: tenants, isLocked: one => locked.has(one), relockMs: () => relockMs });
  const changes: string[] = [];
  guard.onDidChange(domain => changes.push(`${domain} ${guard.stateOf(domain)}`));
  return { guard, locked, changes };
}

test('production is locked until a person unlocks it, and again when its profile changes', async () => {
  const { tenants } = tenantsIn();
  const { guard, changes } = guardOf(tenants);
  const { domain } = await tenants.add(ACME, token('a'));
  assert.equal(guard.stateOf(domain), 'locked');
  guard.unlock(domain);
  assert.equal(guard.stateOf(domain), 'unlocked');
  await tenants.describe(domain, { name: 'Acme', environment: 'production', readOnly: false });
  assert.equal(guard.stateOf(domain), 'locked');
  await tenants.describe(domain, { name: 'Acme', environment: 'staging', readOnly: false });
  assert.equal(guard.stateOf(domain), 'open');
  await tenants.describe(domain, { name: 'Acme', environment: 'staging', readOnly: true });
  guard.unlock(domain);
  assert.equal(guard.stateOf(domain), 'readOnly', 'nothing unlocks a tenant that is read-only for good');
  assert.deepEqual(changes.slice(0, 2), [`${domain} unlocked`, `${domain} locked`]);
});

test('new credentials do not lock, removing does, and a tenant that nobody has added is locked', async () => {
  const { tenants } = tenantsIn();
  const { guard } = guardOf(tenants);
  assert.equal(guard.stateOf(ACME.domain), 'locked');
  await tenants.add(ACME, token('a'));
  guard.unlock(ACME.domain);
  await tenants.add(ACME, token('b'));
  assert.equal(guard.stateOf(ACME.domain), 'unlocked');
  await tenants.remove(ACME.domain);
  await tenants.add(ACME, token('b'));
  assert.equal(guard.stateOf(ACME.domain), 'locked');
});

test('it is locked again after a time without a save, by the clock too: timers stand still while a computer sleeps', async () => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  try {
    const { tenants } = tenantsIn();
    const { guard, changes } = guardOf(tenants, HOUR_MS);
    await tenants.add(ACME, token('a'));
    guard.unlock(ACME.domain);
    mock.timers.tick(HOUR_MS - 1);
    guard.saved(ACME.domain);
    mock.timers.tick(HOUR_MS - 1);
    assert.equal(guard.stateOf(ACME.domain), 'unlocked');
    mock.timers.setTime(Date.now() + 2);
    assert.equal(guard.stateOf(ACME.domain), 'locked');
    guard.saved(ACME.domain);
    assert.equal(guard.stateOf(ACME.domain), 'locked', 'a late save does not unlock it');
    mock.timers.tick(1);
    assert.equal(changes.at(-1), `${ACME.domain} locked`);
  } finally {
    mock.timers.reset();
  }
});

test('a setting or a client of before lengthens nothing: the time without a save goes on', async () => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  try {
    const { tenants } = tenantsIn();
    const { guard } = guardOf(tenants, HOUR_MS);
    await tenants.add(ACME, token('a'));
    guard.unlock(ACME.domain);
    mock.timers.tick(HOUR_MS - 1);
    guard.settingsChanged();
    assert.equal(guard.stateOf(ACME.domain), 'unlocked');
    mock.timers.tick(1);
    assert.equal(guard.stateOf(ACME.domain), 'locked');
  } finally {
    mock.timers.reset();
  }
});

test('what was unlocked is one tenant: at another address, or described anew in another window, it is locked', async () => {
  const { tenants, shared } = tenantsIn(undefined, () => true);
  const { guard } = guardOf(tenants);
  const production = { name: 'Acme', environment: 'production', readOnly: false } as const;
  const [here, there] = [tenant(SAMPLE.domain, 'http://127.0.0.1:4001'), tenant(SAMPLE.domain)];
  await tenants.add(here, token('a'), production);
  guard.unlock(here.domain);
  await tenants.add(there, token('a'), production);
  assert.equal(guard.stateOf(here.domain), 'locked');
  guard.unlock(here.domain);
  const other = tenantsIn(shared).tenants;
  await other.describe(here.domain, { environment: 'staging' });
  await other.describe(here.domain, { name: 'Shop' });
  assert.equal(guard.stateOf(here.domain), 'open');
  await other.describe(here.domain, { environment: 'production' });
  assert.equal(guard.stateOf(here.domain), 'unlocked', 'it is again what the user has unlocked');
});

test('describing changes what is said, and nothing else; signing in anew takes nothing back', async () => {
  const { tenants, shared } = tenantsIn();
  await tenants.add(ACME, token('a'));
  const adding = tenants.add(ACME, token('b'));
  await tenantsIn(shared).tenants.describe(ACME.domain, { readOnly: true });
  await adding;
  await tenants.describe(ACME.domain, { name: 'Acme' });
  const { name, environment, readOnly } = tenants.get(ACME.domain) ?? assert.fail();
  assert.deepEqual({ name, environment, readOnly }, { name: 'Acme', environment: 'production', readOnly: true });
});

test('a setting counts at once', async () => {
  const { tenants } = tenantsIn();
  const { guard, locked, changes } = guardOf(tenants);
  const { domain } = await tenants.addSample();
  assert.equal(guard.stateOf(domain), 'open');
  locked.add('development');
  guard.settingsChanged();
  assert.deepEqual(changes, [`${domain} locked`]);
});

test('adding a tenant that is there changes nothing that was said of it; at another address it is another tenant', async () => {
  const { tenants } = tenantsIn(undefined, () => true);
  const { domain } = SAMPLE;
  const said = { name: 'Mine', environment: 'staging', readOnly: true } as const;
  await tenants.addSample();
  await tenants.describe(domain, said);
  const profile = () => {
    const { name, environment, readOnly } = tenants.get(domain) ?? assert.fail();
    return { name, environment, readOnly };
  };
  await tenants.addSample();
  assert.deepEqual(profile(), said);
  const remote = tenant(domain);
  await tenants.add(remote, token('a'));
  assert.deepEqual(profile(), guessedProfile(remote));
  assert.equal(profile().environment, 'production');
  await tenants.describe(domain, said);
  await tenants.add(remote, token('b'), { name: 'Theirs', environment: 'development', readOnly: false });
  assert.deepEqual(profile(), said, 'only describe changes it');
});

test('the name is one line, with nothing hidden in it', async () => {
  const { tenants } = tenantsIn();
  const { guard } = guardOf(tenants);
  await tenants.add(ACME, token('a'), guessedProfile(ACME, ' Acme\n\u202eCorp '));
  assert.equal(guard.profileOf(ACME.domain)?.name.includes('\u202e'), false);
  assert.match(guard.withTenant(ACME.domain, 'Sure?'), /^PRODUCTION · Acme.* — Sure\?$/u);
  assert.equal(guard.withTenant('nobody.auth0.com', 'Sure?'), 'Sure?');
});
