// Open User Metadata…: what is typed, what is offered, what is opened, and what it costs.
import type { ResourceId } from '../../../src/management/resourceId';
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { beforeEach, type TestContext, test } from 'node:test';
import { openUserCommand } from '../../../src/commands/users/openUserCommand';
import type { OpenOptions } from '../../../src/documents/open/userDocuments';
import { openSandbox } from '../../support/sandboxClient';
import { nobody } from '../../support/signIn';
import { shown } from '../../support/vscode/window';

const user = (user_id: string, email: string, connection: string) => ({
  user_id,
  email,
  identities: [{ connection, provider: 'x', user_id: '1', isSocial: false }],
});
const USERS = [
  user('auth0|1', 'myuser@company.com', 'Users'),
  user('auth0|2', 'john.doe@acme.com', 'Users'),
  user('samlp|acme|2', 'John.Doe@acme.com', 'acme'),
];

beforeEach(() => shown.clear());

async function openTyped(t: TestContext, typed: string, choice?: number) {
  const { sandbox, client } = await openSandbox(t, { users: USERS });
  const opened: (readonly [id: string, withProfile: boolean])[] = [];
  const documents = {
    open: async ({ id }: ResourceId, options: OpenOptions = {}) => {
      opened.push([id, options.profile !== undefined]);
      return `uri of ${id}`;
    },
  };
  const { domain } = client.tenant;
  const tenants = { all: () => [{ domain, kind: 'token' }] };
  const access = { client: async () => client };
  const tree = { focusedTenant: () => undefined };
  Object.assign(shown, { typed, choice });
  const command = openUserCommand(documents as never, tenants as never, access as never, tree as never, nobody);
  const uri = await command.openUser(undefined);
  return { sandbox, opened, uri, requests: sandbox.control.requests.length };
}

test('an address in capitals opens the user who has it in lower case', async t => {
  const { opened, uri, requests } = await openTyped(t, 'MyUser@company.com');
  assert.deepEqual([opened, uri, requests], [[['auth0|1', true]], 'uri of auth0|1', 3]);
  assert.deepEqual([shown.picks, shown.messages], [[], []]);
});

for (const [typed, ids] of [
  ['john.doe@acme.com', ['auth0|2', 'samlp|acme|2']],
  ['John.Doe@acme.com', ['samlp|acme|2', 'auth0|2']],
  ['John Doe <JOHN.DOE@ACME.COM>', ['auth0|2', 'samlp|acme|2']],
] as const) {
  test(`${typed}: both are offered, with address, connection and id; the chosen one is opened as it is then`, async t => {
    const { opened } = await openTyped(t, typed, 1);
    const [[title, , items] = ['', '', []]] = shown.picks;
    assert.equal(title, 'Several users have this e-mail address');
    assert.deepEqual(
      items.map(({ detail }) => detail),
      ids,
    );
    assert.deepEqual(items.map(({ label, description }) => `${label} ${description}`).sort(), [
      'John.Doe@acme.com acme',
      'john.doe@acme.com Users',
    ]);
    assert.deepEqual(opened, [[ids[1], false]]);
  });
}

test('Escape opens nobody', async t => {
  assert.deepEqual((await openTyped(t, 'john.doe@acme.com')).opened, []);
});

test('nobody has it: said with the address', async t => {
  const { opened, requests } = await openTyped(t, 'Nobody@acme.com');
  assert.deepEqual([opened, requests], [[], 3]);
  const said = shown.messages.map(({ text }) => text);
  assert.deepEqual(said, ['No user of sample-tenant.localhost has the e-mail address Nobody@acme.com.']);
});

test('an id costs no request here, however it is pasted', async t => {
  for (const typed of [
    'auth0|1',
    'auth0%7C1',
    'https://manage.auth0.com/dashboard/eu/acme/users/auth0%7C1',
    '"auth0|1"',
  ]) {
    const { opened, requests } = await openTyped(t, typed);
    assert.deepEqual([opened, requests], [[['auth0|1', false]], 0], typed);
  }
});

test('where the search does not answer, the one who is found is offered, with what may be missing', async t => {
  const { sandbox, client } = await openSandbox(t, { users: USERS });
  sandbox.control.fail({
    route: 'list',
    times: 100,
    fault: { kind: 'answer', answer: { status: 500, body: '{}', headers: {} } },
  });
  const opened: string[] = [];
  const documents = { open: async ({ id }: ResourceId) => opened.push(id) };
  const tenants = { all: () => [{ domain: client.tenant.domain, kind: 'token' }] };
  const access = { client: async () => client };
  const tree = { focusedTenant: () => undefined };
  Object.assign(shown, { typed: 'john.doe@acme.com', choice: 0 });
  const command = openUserCommand(documents as never, tenants as never, access as never, tree as never, nobody);
  await command.openUser(undefined);
  assert.match(shown.picks[0]?.[1] ?? '', /^The search did not answer/);
  assert.deepEqual(opened, ['auth0|2']);
});

for (const [who, arg, opened, asked] of [
  ['a caller with an id and no tenant is asked, whatever row is selected', { userId: 'auth0|1' }, ['one'], 1],
  ['a person who has a row selected is not', undefined, ['two'], 0],
] as const) {
  test(`two tenants: ${who}`, async () => {
    const tenants: string[] = [];
    const documents = { open: async ({ tenant }: ResourceId) => tenants.push(tenant.slice(0, 3)) };
    const all = () => ['one.auth0.com', 'two.auth0.com'].map(domain => ({ domain, kind: 'token' }));
    const tree = { focusedTenant: () => 'two.auth0.com' };
    Object.assign(shown, { typed: 'auth0|1', choice: 0 });
    await openUserCommand(documents as never, { all } as never, {} as never, tree as never, nobody).openUser(arg);
    assert.deepEqual([tenants, shown.picks.length], [opened, asked]);
  });
}
