// Addresses in other letters, against the sandbox: who is found, and what it costs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fetchUsers } from '../../../src/management/listing/fetchUsers';
import { findByEmail } from '../../../src/management/listing/findByEmail';
import { toUserQuery } from '../../../src/management/listing/search';
import { toUserKey } from '../../../src/management/listing/userKey';
import { errorOf } from '../../support/management';
import { openSandbox } from '../../support/sandboxClient';

const DATABASE = 'Username-Password-Authentication';

const list = (email: string) => ({ page: 0, perPage: 50, query: toUserQuery(email)?.q });

const user = (user_id: string, email: string, connection: string) => ({
  user_id,
  email,
  identities: [{ connection, provider: 'x', user_id: '1', isSocial: false }],
});
const USERS = [
  user('auth0|1', 'myuser@company.com', DATABASE),
  user('auth0|2', 'john.doe@acme.com', DATABASE),
  user('samlp|acme|2', 'John.Doe@acme.com', 'acme'),
  user('auth0|3', 'twice@acme.com', DATABASE),
  user('email|3', 'twice@acme.com', 'email'),
];

// biome-ignore format: a table
const FOUND: readonly [email: string, profiles: readonly string[], others: readonly string[], requests: number][] = [
  ['myuser@company.com', ['auth0|1'], [], 2],
  ['MyUser@company.com', ['auth0|1'], [], 3],
  ['MYUSER@COMPANY.COM', ['auth0|1'], [], 3],
  ['john.doe@acme.com', ['auth0|2'], ['samlp|acme|2'], 2],
  ['John.Doe@acme.com', ['samlp|acme|2', 'auth0|2'], [], 3],
  ['JOHN.DOE@acme.com', ['auth0|2'], ['samlp|acme|2'], 3],
  ['twice@acme.com', ['auth0|3', 'email|3'], [], 2],
  ['nobody@acme.com', [], [], 2],
];

for (const [email, profiles, others, requests] of FOUND) {
  test(`${email}: all who have it, each once, in ${requests} requests`, async t => {
    const { sandbox, client } = await openSandbox(t, { users: USERS });
    const found = await findByEmail(client, email, list(email));
    assert.deepEqual(
      found.profiles.map(({ id }) => id),
      profiles,
    );
    assert.deepEqual(
      found.others.map(({ id }) => id),
      others,
    );
    assert.equal(sandbox.control.requests.length, requests);
  });

  test(`${email}: the tree shows them too`, async t => {
    const { client } = await openSandbox(t, { users: USERS });
    const { signal } = new AbortController();
    const page = await fetchUsers(client, { page: 0, perPage: 50, query: toUserQuery(email) }, signal);
    assert.deepEqual(
      page.users.map(({ id }) => id),
      [...profiles, ...others],
    );
    assert.deepEqual([page.total, page.nextPage], [profiles.length + others.length, undefined]);
  });
}

test('whom the search does not know yet is found in lower case, and counted', async t => {
  const { client } = await openSandbox(t, { users: USERS, searchLagMs: 3_600_000 });
  const body = { email: 'new@company.com', password: 'correct horse battery 1', connection: DATABASE };
  const { id } = await client.createUser(JSON.stringify(body));
  const found = await findByEmail(client, 'New@Company.com', list('New@Company.com'));
  assert.deepEqual([found.profiles.map(one => one.id), found.others], [[id], []]);
  const { signal } = new AbortController();
  const page = await fetchUsers(client, { page: 0, perPage: 50, query: toUserQuery('New@Company.com') }, signal);
  assert.deepEqual([page.users.map(one => one.id), page.total], [[id], 1]);
});

test('without the search, the exact ones are there, and the tree does not take them for all', async t => {
  const { sandbox, client } = await openSandbox(t, { users: USERS });
  const answer = { status: 500, body: '{}', headers: {} };
  sandbox.control.fail({ route: 'list', times: 100, fault: { kind: 'answer', answer } });
  const { profiles, search } = await findByEmail(client, 'john.doe@acme.com', list('john.doe@acme.com'));
  assert.deepEqual([profiles.map(({ id }) => id), 'error' in search], [['auth0|2'], true]);
  const { signal } = new AbortController();
  const request = { page: 0, perPage: 50, query: toUserQuery('john.doe@acme.com') };
  assert.equal((await errorOf(fetchUsers(client, request, signal))).kind, 'server');
});

// biome-ignore format: a table
const KEYS: readonly [typed: string, kind: string | undefined, value?: string][] = [
  ['auth0|1', 'id', 'auth0|1'], ['auth0%7C1', 'id', 'auth0|1'], ['user_id:"auth0|1"', 'id', 'auth0|1'], ['user_id: auth0|1', 'id', 'auth0|1'], ['no-bar', 'id', 'no-bar'],
  ['https://manage.auth0.com/dashboard/eu/acme/users/auth0%7C1', 'id', 'auth0|1'], ['"auth0|1"', 'id', 'auth0|1'], ['samlp|acme|a@b.c', 'id', 'samlp|acme|a@b.c'],
  ['a@b.c', 'email', 'a@b.c'], ['Jane <A@b.c>', 'email', 'A@b.c'], ['email: "A@b.c"', 'email', 'A@b.c'], ['email:a@b.c', 'email', 'a@b.c'], ['q=email%3A%22a%40b.c%22', 'email', 'a@b.c'],
  ['a@localhost', 'email', 'a@localhost'], ['', undefined], ['  ', undefined], ['..', undefined],
];

for (const [typed, kind, value] of KEYS) {
  test(`${JSON.stringify(typed)} names ${kind ?? 'nobody'}`, () => {
    const key = toUserKey(typed);
    assert.equal(key?.kind, kind);
    if (key) assert.equal(key.kind === 'id' ? key.id : key.email, value);
  });
}
