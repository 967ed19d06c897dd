import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManagementError } from '../../../src/management/errors';
import { fetchUsers } from '../../../src/management/listing/fetchUsers';
import { toUserQuery } from '../../../src/management/listing/search';
import { decodeProfile } from '../../../src/management/resources/decode';
import type { UserProfile } from '../../../src/management/resources/users';

const signal = new AbortController().signal;

function jane(): UserProfile {
  const decoded = decodeProfile('{"user_id":"auth0|1","email":"jane@x.com","name":"Jane"}');
  assert.ok(decoded);
  return decoded;
}

/** A client that notes what it is asked. */
function client(byEmail: readonly UserProfile[] = [], byId?: UserProfile) {
  const asked: string[] = [];
  return {
    asked,
    listUsers: async ({
      query,
      page,
      sort,
    }: {
      query?: string | undefined;
      page: number;
      sort?: string | undefined;
    }) => {
      asked.push(`list ${page} ${query ?? ''} ${sort ?? ''}`);
      return { users: [], start: 0, length: 0, total: 0, capped: false, nextPage: undefined };
    },
    getUser: async () => {
      asked.push('get');
      if (!byId)
        throw new ManagementError('GET', { kind: 'notFound', outcome: 'refused', status: 404, isAuth0s: true });
      return byId;
    },
    usersByEmail: async (email: string) => {
      asked.push(`email ${email}`);
      return byEmail;
    },
  };
}

const fetch = (from: ReturnType<typeof client>, input: string, page = 0) =>
  fetchUsers(from, { page, perPage: 50, query: toUserQuery(input) }, signal);

test('all users, newest first', async () => {
  const from = client();
  await fetch(from, '', 3);
  assert.deepEqual(from.asked, ['list 3  created_at:-1']);
});

test('an id is one GET', async () => {
  const from = client([], jane());
  const { users, total, nextPage } = await fetch(from, 'auth0|1');
  assert.deepEqual([from.asked, users[0]?.name, total, nextPage], [['get'], 'Jane', 1, undefined]);
});

test('an id that is not there is no hit and no error', async () => {
  const { users, total } = await fetch(client(), 'auth0|1');
  assert.deepEqual([users, total], [[], 0]);
});

test('an e-mail address is asked for as it is written and in lower case, and in the search, which finds other letters', async () => {
  const plain = client([jane()]);
  assert.equal((await fetch(plain, 'jane@x.com')).users.length, 1);
  assert.deepEqual(plain.asked, ['list 0 email:"jane@x.com" created_at:-1', 'email jane@x.com']);
  const capitals = client();
  await fetch(capitals, 'Jane@x.com');
  assert.deepEqual(capitals.asked, ['list 0 email:"Jane@x.com" created_at:-1', 'email Jane@x.com', 'email jane@x.com']);
});

test('the pages after the first of an e-mail address are the search’s', async () => {
  const from = client([jane()]);
  await fetch(from, 'jane@x.com', 1);
  assert.deepEqual(from.asked, ['list 1 email:"jane@x.com" created_at:-1']);
});
