// What 100,000 users cost the tree in heap, with texts as long as real ones and none of them shared.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { decodeUserPage } from '../../../src/management/resources/decode';
import { UserList } from '../../../src/tree/model/userList';
import { tenantDomain } from '../../support/management';

const PAGES = 1000;
const PER_PAGE = 100;

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

function heapBytes(): number {
  if (typeof collectGarbage === 'function') collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** The answer of the service as text, so that every string in it is a new one. */
function answer(page: number): string {
  const users = Array.from({ length: PER_PAGE }, (_, i) => {
    const hex = (page * PER_PAGE + i).toString(16).padStart(24, '0');
    return {
      user_id: `auth0|${hex}`,
      email: `firstname.lastname.${hex}@example.com`,
      name: `Firstname Lastname ${hex}`,
      nickname: `firstname.lastname.${hex}`,
      identities: [
        { connection: 'Username-Password-Authentication', provider: 'auth0', user_id: hex, isSocial: false },
      ],
      last_login: '2026-01-01T00:00:00.000Z',
      logins_count: i,
      created_at: '2025-01-01T00:00:00.000Z',
    };
  });
  return JSON.stringify({ start: page * PER_PAGE, limit: PER_PAGE, length: PER_PAGE, total: PAGES * PER_PAGE, users });
}

test('100,000 users cost less than 1 KB of heap each', async () => {
  const list = new UserList(tenantDomain('acme.auth0.com'), {
    pageSize: () => PER_PAGE,
    fetch: async ({ page }) => {
      const decoded = decodeUserPage(JSON.parse(answer(page)), page, PER_PAGE);
      assert.ok(decoded);
      return { ...decoded, nextPage: page + 1 < PAGES ? page + 1 : undefined };
    },
  });
  const before = heapBytes();
  await list.ensureLoaded();
  while (list.hasMore) await list.loadMore();
  const perUser = (heapBytes() - before) / list.users.length;
  assert.equal(list.users.length, PAGES * PER_PAGE);
  assert.ok(perUser < 1024, `${Math.round(perUser)} bytes a user`);
});
