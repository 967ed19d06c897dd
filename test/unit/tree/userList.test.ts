import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PageRequest } from '../../../src/management/listing/fetchUsers';
import { toUserQuery } from '../../../src/management/listing/search';
import type { UserPage, UserSummary } from '../../../src/management/resources/users';
import { listRows } from '../../../src/tree/model/listRows';
import { UserList } from '../../../src/tree/model/userList';
import { tenantDomain, userId } from '../../support/management';

const node = { type: 'tenant', tenant: tenantDomain('acme.auth0.com') } as const;

function user(name: string): UserSummary {
  return { id: userId(`auth0|${name}`), name };
}

interface Asked {
  readonly request: PageRequest;
  readonly signal: AbortSignal;
  answer(page: UserPage): void;
  fail(error: unknown): void;
}

/** A list whose requests wait until the test answers them. */
function listOf(pageSize = () => 2) {
  const asked: Asked[] = [];
  const list = new UserList(node.tenant, {
    pageSize,
    fetch: (request, signal) =>
      new Promise((answer, fail) => {
        asked.push({ request, signal, answer, fail });
      }),
  });
  const at = (i: number) => {
    const request = asked[i];
    assert.ok(request, `request ${i}`);
    return request;
  };
  return { list, asked, at, names: () => list.users.map(({ summary }) => summary.name) };
}

function page(names: readonly string[], nextPage?: number, total = 10, capped = false): UserPage {
  return { users: names.map(user), start: 0, length: names.length, total, capped, nextPage };
}

const rowOf = (list: UserList) => listRows(node, list).find(row => row.type === 'row')?.kind;

test('one request for the first page, however many ask', async () => {
  const { list, asked, at, names } = listOf();
  const waiting = [list.ensureLoaded(), list.ensureLoaded()];
  at(0).answer(page(['a', 'b'], 1));
  await Promise.all(waiting);
  await list.ensureLoaded();
  assert.equal(asked.length, 1);
  assert.deepEqual(names(), ['a', 'b']);
  assert.equal(rowOf(list), 'more');
});

test('more: only the next page, of the same size, keeping the nodes that are there', async () => {
  let size = 2;
  const { list, asked, at, names } = listOf(() => size);
  const first = list.ensureLoaded();
  at(0).answer(page(['a', 'b'], 1));
  await first;
  const [a] = list.users;
  size = 100;
  const more = list.loadMore();
  // Somebody was created meanwhile: `b` has moved to the second page.
  at(1).answer(page(['b', 'c']));
  await more;
  assert.deepEqual(
    asked.map(({ request }) => [request.page, request.perPage]),
    [
      [0, 2],
      [1, 2],
    ],
  );
  assert.deepEqual(names(), ['a', 'b', 'c']);
  assert.equal(list.users[0], a);
  assert.equal(rowOf(list), undefined);
});

test('a failed page leaves what is there and one row; trying again asks for that page', async () => {
  const { list, at, asked, names } = listOf();
  const first = list.ensureLoaded();
  at(0).answer(page(['a', 'b'], 1));
  await first;
  const more = list.loadMore();
  at(1).fail(new Error('no'));
  await more;
  assert.deepEqual([names(), rowOf(list)], [['a', 'b'], 'error']);
  const again = list.loadMore();
  at(2).answer(page(['c']));
  await again;
  assert.deepEqual([asked[2]?.request.page, names(), rowOf(list)], [1, ['a', 'b', 'c'], undefined]);
});

test('a failed first page is not asked for again by itself', async () => {
  const { list, at, asked } = listOf();
  const first = list.ensureLoaded();
  at(0).fail(new Error('no'));
  await first;
  await list.ensureLoaded();
  assert.deepEqual([asked.length, rowOf(list)], [1, 'error']);
});

test('the answer to an older question is dropped, even when it comes later', async () => {
  const { list, at, names } = listOf();
  const all = list.ensureLoaded();
  const query = toUserQuery('jane');
  list.setSearch(query && { input: 'jane', query });
  const searched = list.ensureLoaded();
  assert.equal(at(0).signal.aborted, true);
  at(1).answer(page(['jane'], undefined, 1));
  await searched;
  at(0).answer(page(['a', 'b'], 1));
  await all;
  assert.deepEqual(names(), ['jane']);
  assert.equal(list.total, 1);
});

test('who waits through a reset gets the newer answer', async () => {
  const { list, at, names } = listOf();
  const first = list.ensureLoaded();
  list.reset();
  at(0).fail(new Error('cancelled'));
  await new Promise(resolve => setImmediate(resolve));
  at(1).answer(page(['a']));
  await first;
  assert.deepEqual([names(), rowOf(list)], [['a'], undefined]);
});

test('the cap is said, not hidden', async () => {
  const { list, at } = listOf();
  const first = list.ensureLoaded();
  at(0).answer(page(['a'], undefined, 4321, true));
  await first;
  assert.equal(rowOf(list), 'capped');
});

test('nobody there, nobody found', async () => {
  const { list, at } = listOf();
  const first = list.ensureLoaded();
  at(0).answer(page([], undefined, 0));
  await first;
  assert.equal(rowOf(list), 'noUsers');
  const query = toUserQuery('jane');
  list.setSearch(query && { input: 'jane', query });
  const searched = list.ensureLoaded();
  at(1).answer(page([], undefined, 0));
  await searched;
  assert.equal(rowOf(list), 'noHits');
});

test('a saved user changes in place, a created one comes first', async () => {
  const { list, at, names } = listOf();
  const first = list.ensureLoaded();
  at(0).answer(page(['a', 'b']));
  await first;
  const [a] = list.users;
  assert.deepEqual(list.put({ ...user('a'), name: 'A' }), { node: a, isNew: false });
  assert.equal(list.put(user('new'))?.isNew, true);
  assert.deepEqual(names(), ['new', 'A', 'b']);
});

test('a disposed list asks nothing', async () => {
  const { list, asked } = listOf();
  list.dispose();
  await list.ensureLoaded();
  assert.equal(asked.length, 0);
});
