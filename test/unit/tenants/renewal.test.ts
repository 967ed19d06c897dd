// Signing in again while something waits: one question for all that wait, and none that need not be asked.
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readToken } from '../../../src/management/auth/token';
import { ManagementError } from '../../../src/management/errors';
import type { OpenAccess } from '../../../src/tenants/openAccess';
import { Renewal } from '../../../src/tenants/renewal';
import { jwt } from '../../support/jwt';
import { type Deed, person } from '../../support/vscode/quickInput';
import { ACME, tenant, tenantsIn, token } from './tenantsIn';

const AUDIENCE = 'https://acme.eu.auth0.com/api/v2/';
const NEW = jwt({ aud: AUDIENCE, azp: 'x' });
const REFUSED = new ManagementError('401', { kind: 'unauthorized', outcome: 'refused', status: 401, isAuth0s: true });
const OTHER = tenant('other.eu.auth0.com');
const TITLE = 'PRODUCTION — A Save Waits: Sign In to acme.eu.auth0.com';
const turns = () => new Promise(resolve => setImmediate(resolve));

/** A window with a tenant that is signed in to, in which any credentials are accepted. A token’s scopes are in it. */
async function windowOf(...deeds: Deed[]) {
  Object.assign(person, { deeds, saw: [] });
  const openAccess: OpenAccess = async (_tenant, credentials) => {
    const accepted = async () => undefined;
    const { scopes } = readToken(credentials.kind === 'token' ? credentials.token : '');
    const getToken = async () => ({ scopes });
    return { client: { listUsers: accepted }, tokens: { getToken, invalidate: accepted } } as never;
  };
  const window = tenantsIn();
  await window.tenants.add(ACME, token('old'));
  const renewal = new Renewal(window.tenants, openAccess);
  const credentials = async () => {
    const record = window.tenants.get(ACME.domain);
    return record && window.tenants.credentials(record);
  };
  return { ...window, renewal, credentials };
}

test('two saves: one question that says why, and both go on with the answer', async () => {
  const { renewal, credentials } = await windowOf({ type: NEW });
  const saves = [renewal.attempt(ACME.domain, 'canUpdate'), renewal.attempt(ACME.domain, 'canUpdate')];
  assert.deepEqual(await Promise.all(saves.map(renew => renew(REFUSED))), [true, true]);
  assert.deepEqual(person.saw, [`${TITLE} 2/2 eyJ…: `]);
  assert.deepEqual(await credentials(), token(NEW));
});

test('no is the answer to all that had begun by then; what begins later is asked', async () => {
  const { renewal, credentials } = await windowOf('escape', 'escape');
  const [first, second, third] = [1, 2, 3].map(() => renewal.attempt(ACME.domain, 'canUpdate'));
  assert.deepEqual(await Promise.all([first?.(REFUSED), second?.(REFUSED)]), [false, false]);
  assert.equal(await third?.(REFUSED), false);
  assert.equal(person.saw.length, 1);
  assert.equal(await renewal.attempt(ACME.domain, 'read')(REFUSED), false);
  assert.equal(person.saw.length, 2);
  assert.match(person.saw[1] ?? '', /^PRODUCTION — Sign In to acme/);
  assert.deepEqual(await credentials(), token('old'));
});

test('who signs in elsewhere meanwhile has answered: the question closes, and the save goes on', async () => {
  const { tenants, renewal } = await windowOf('wait');
  const renewed = renewal.attempt(ACME.domain, 'canUpdate')(REFUSED);
  await turns();
  assert.equal(person.saw.length, 1);
  await tenants.add(ACME, token('from another window'));
  assert.equal(await renewed, true);
});

test('who renames the tenant meanwhile has not answered', async () => {
  const { tenants, renewal } = await windowOf('wait');
  let ended = false;
  const renewed = renewal.attempt(ACME.domain, 'canUpdate')(REFUSED);
  void renewed.then(() => (ended = true));
  await turns();
  await tenants.describe(ACME.domain, { name: 'Acme' });
  await turns();
  assert.equal(ended, false);
  renewal.dispose();
  assert.equal(await renewed, false);
});

test('a token that is of no use to the save is not taken, and the one that is there stays', async () => {
  const [reading, creating] = ['read:users', 'read:users create:users'].map(scope =>
    jwt({ aud: AUDIENCE, azp: 'x', scope }),
  );
  const { renewal, credentials } = await windowOf({ type: reading ?? '' }, { type: creating ?? '' }, 'escape');
  assert.equal(await renewal.attempt(ACME.domain, 'canUpdate')(REFUSED), false);
  const said = '! The save that waits needs the scope update:users, which this does not give.';
  assert.deepEqual(
    person.saw.filter(text => text.startsWith('!')),
    [said, said],
  );
  assert.deepEqual(await credentials(), token('old'));
  Object.assign(person, { deeds: [{ type: creating }], saw: [] });
  assert.equal(await renewal.attempt(ACME.domain, 'canCreate')(REFUSED), true);
});

test('a request that was refused with the token of before: nothing is asked', async () => {
  const { tenants, renewal } = await windowOf();
  const renew = renewal.attempt(ACME.domain, 'canUpdate');
  await tenants.add(ACME, token('newer'));
  assert.equal(await renew(REFUSED), true);
  assert.deepEqual(person.saw, []);
  // That one was refused, too.
  assert.equal(await renew(REFUSED), false);
  assert.equal(person.saw.length, 1);
});

test('the token that there was, accepted now: the save goes on with it', async () => {
  const { renewal } = await windowOf({ type: NEW }, { type: NEW });
  assert.equal(await renewal.attempt(ACME.domain, 'canUpdate')(REFUSED), true);
  assert.equal(await renewal.attempt(ACME.domain, 'canUpdate')(REFUSED), true);
});

test('a tenant that is removed, before or meanwhile', async () => {
  const { tenants, renewal } = await windowOf('wait');
  const renew = renewal.attempt(ACME.domain, 'canUpdate');
  const renewed = renew(REFUSED);
  await turns();
  await tenants.remove(ACME.domain);
  assert.equal(await renewed, false);
  assert.equal(await renew(REFUSED), false);
  assert.equal(person.saw.length, 1);
});

test('two tenants: one box after the other', async () => {
  const { tenants, renewal } = await windowOf('wait', 'escape');
  await tenants.add(OTHER, token('other'));
  const renewed = [ACME, OTHER].map(({ domain }) => renewal.attempt(domain, 'canUpdate')(REFUSED));
  await turns();
  assert.equal(person.saw.length, 1);
  await tenants.add(ACME, token('from another window'));
  assert.deepEqual(await Promise.all(renewed), [true, false]);
  assert.match(person.saw[1] ?? '', /other\.eu\.auth0\.com/);
});

test('client credentials: the ID is there already, the secret is not; back leads to the other ways', async () => {
  const { tenants, renewal, credentials } = await windowOf(
    'back',
    { pick: 'Use client' },
    { type: 'id' },
    { type: 's2' },
  );
  await tenants.add(ACME, { kind: 'client', clientId: 'id', clientSecret: 'hunter2' });
  assert.equal(await renewal.attempt(ACME.domain, 'canUpdate')(REFUSED), true);
  const choice = '$(key) Paste a token | $(server) Use client credentials | $(shield) Use a private key';
  assert.deepEqual(person.saw, [
    `${TITLE} 2/3 Client ID: id`,
    `${TITLE} 1/3 How do you sign in to acme.eu.auth0.com?: ${choice}`,
    `${TITLE} 2/3 Client ID: id`,
    `${TITLE} 3/3 Client secret: `,
  ]);
  assert.deepEqual(await credentials(), { kind: 'client', clientId: 'id', clientSecret: 's2' });
});
