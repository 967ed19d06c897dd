// The sample tenant: the same everywhere, and as varied as it says.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isObject, type Json } from '../../../src/sandbox/json';
import { sampleUsers } from '../../../src/sandbox/samples/users';
import { connectionsOf } from '../../../src/sandbox/state/user';
import { at, call, sandboxFor, userPath } from './client';

const users = [...sampleUsers()];

suite('sample tenant', () => {
  test('deterministic, ids and addresses unique', () => {
    assert.deepEqual([...sampleUsers()], users);
    assert.equal(users.length, 320);
    assert.equal(new Set(users.map(user => user.user_id)).size, 320);
    const emails = users.flatMap(user => user.email ?? []);
    assert.equal(new Set(emails).size, emails.length);
  });

  test('addresses that can belong to nobody', () => {
    for (const { email } of users)
      assert.match(String(email ?? 'none@example.com'), /^[a-z0-9.-]+@(mail\.)?example\.(com|org|net)$/);
  });

  test('varied: connections, blocked, never logged in, all states of metadata, odd ids and keys', () => {
    assert.equal(new Set(users.flatMap(connectionsOf)).size, 8);
    const count = (wanted: (user: (typeof users)[number]) => boolean): number => users.filter(wanted).length;
    assert.ok(count(user => user.blocked === true) > 5);
    assert.ok(count(user => user.last_login === undefined) > 10);
    assert.ok(count(user => user.user_metadata === undefined && user.app_metadata === undefined) > 20);
    assert.ok(count(user => isObject(user.user_metadata) && Object.keys(user.user_metadata).length === 0) > 3);
    for (const odd of ['#', '/', '@', '%3A', '?', ' ']) assert.ok(count(user => user.user_id.includes(odd)) > 0, odd);
    for (const key of ['', 'favorite color', 'größe', '📱']) {
      assert.ok(count(user => isObject(user.user_metadata) && Object.hasOwn(user.user_metadata, key)) > 0, key);
    }
  });

  test('metadata that the API would take', async t => {
    const sandbox = await sandboxFor(t, { users });
    for (const { user_id, user_metadata = {}, app_metadata = {} } of users) {
      const body: { readonly [key: string]: Json } = { user_metadata, app_metadata };
      const reply = await call(sandbox, 'PATCH', userPath(user_id), { body });
      assert.equal(reply.status, 200, reply.text);
    }
  });

  test('100,000 users: served by page, by id, by search', async t => {
    const sandbox = await sandboxFor(t, { count: 100_000 });
    const page = await call(sandbox, 'GET', '/api/v2/users?per_page=100&page=9&include_totals=true&sort=created_at:1');
    assert.deepEqual([at(page.json, 'length'), at(page.json, 'total')], [100, 100_000]);
    // The number of a sample user is part of the address.
    const found = await call(sandbox, 'GET', `/api/v2/users?q=${encodeURIComponent('email:*99997@*')}`);
    const id = String(at(found.json, 0, 'user_id'));
    assert.deepEqual(found.json, [(await call(sandbox, 'GET', userPath(id))).json]);
  });
});
