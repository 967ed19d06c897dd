// What is done with the tree, and what the view is told of it, in which order.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toUserQuery } from '../../../src/management/listing/search';
import { decodeProfile } from '../../../src/management/resources/decode';
import type { UserPage, UserProfile } from '../../../src/management/resources/users';
import type { TenantDomain } from '../../../src/management/tenant';
import { nodeId, type TreeNode } from '../../../src/tree/model/nodes';
import { TreeModel } from '../../../src/tree/model/treeModel';
import type { UserSearch } from '../../../src/tree/model/userList';
import { tenantDomain, userId } from '../../support/management';

const ACME = tenantDomain('acme.auth0.com');
const OTHER = tenantDomain('other.auth0.com');

function profile(id: string): UserProfile {
  const decoded = decodeProfile(`{"user_id":"${id}","name":"saved","user_metadata":{"hobby":"surfing"}}`);
  assert.ok(decoded);
  return decoded;
}

function searchFor(input: string): UserSearch {
  const query = toUserQuery(input);
  assert.ok(query);
  return { input, query };
}

/** Two pages of one user each. */
function pageOf(page: number): UserPage {
  const id = userId(`auth0|${page}`);
  return { users: [{ id }], start: page, length: 1, total: 2, capped: false, nextPage: page === 0 ? 1 : undefined };
}

/** A model, and in `log` what was asked of the service and what the view was told. */
function modelOf(...collapsed: readonly TenantDomain[]) {
  const log: string[] = [];
  const failing = new Set<string>();
  const model = new TreeModel(
    {
      pageSize: () => 1,
      page: async (tenant, { page, query }) => {
        log.push(`GET ${tenant} ${page}${query ? ` ${query.q}` : ''}`);
        return pageOf(page);
      },
      profile: async (_tenant, id) => {
        log.push(`GET ${id}`);
        if (failing.has(id)) throw new Error('no');
        return profile(id);
      },
    },
    {
      tenants: () => [ACME, OTHER],
      isCollapsed: tenant => collapsed.includes(tenant),
      changed: node => log.push(`changed ${node ? nodeId(node) : 'all'}`),
      searched: () => log.push('searched'),
      loading: async result => {
        const loaded = await result;
        log.push('loaded');
        return loaded;
      },
    },
  );
  const said = async (action: () => Promise<void> | void) => {
    log.length = 0;
    await action();
    return [...log];
  };
  const rowsOf = (node: TreeNode) => model.childrenOf(node);
  return { model, failing, said, rowsOf };
}

test('a refresh asks again for what was asked for and is not collapsed', async () => {
  const { model, said, rowsOf } = modelOf(OTHER);
  await rowsOf(model.nodeOf(ACME));
  await rowsOf(model.nodeOf(OTHER));
  assert.deepEqual(await said(() => model.refresh()), ['changed all', `GET ${ACME} 0`, 'loaded']);
  assert.equal(model.listOf(OTHER).wasAsked, false);
});

test('a refresh asks for no tenant that was never opened', async () => {
  const { model, said } = modelOf();
  assert.deepEqual(await said(() => model.refresh()), ['changed all', 'loaded']);
});

test('a refresh of one tenant leaves the others as they are', async () => {
  const { model, said, rowsOf } = modelOf();
  await rowsOf(model.nodeOf(ACME));
  await rowsOf(model.nodeOf(OTHER));
  assert.deepEqual(await said(() => model.refresh(ACME)), [`changed tenant:${ACME}`, `GET ${ACME} 0`, 'loaded']);
  assert.equal(model.listOf(OTHER).wasAsked, true);
});

test('the next page is told when it is there', async () => {
  const { model, said, rowsOf } = modelOf();
  await rowsOf(model.nodeOf(ACME));
  assert.deepEqual(await said(() => model.loadMore(ACME)), [`GET ${ACME} 1`, 'loaded', `changed tenant:${ACME}`]);
  assert.equal(model.listOf(ACME).users.length, 2);
});

test('a search changes the row of the tenant before and after', async () => {
  const { model, said } = modelOf();
  assert.deepEqual(await said(() => model.search(ACME, searchFor('email:"j@x.com"'))), [
    'searched',
    `changed tenant:${ACME}`,
    `GET ${ACME} 0 email:"j@x.com"`,
    'loaded',
    `changed tenant:${ACME}`,
  ]);
  assert.equal(model.searchOf(ACME), 'email:"j@x.com"');
});

test('only tenants with a search have one to clear', async () => {
  const { model, said } = modelOf();
  await model.search(ACME, searchFor('email:"j@x.com"'));
  assert.deepEqual(await said(() => model.clearSearch(OTHER)), []);
  const cleared = await said(() => model.clearSearch());
  assert.deepEqual(cleared.slice(0, 3), ['searched', `changed tenant:${ACME}`, `GET ${ACME} 0`]);
  assert.ok(!cleared.some(line => line.includes(OTHER)));
  assert.equal(model.searchOf(ACME), undefined);
});

test('trying again asks for the user whose metadata failed, else for the page', async () => {
  const { model, failing, said, rowsOf } = modelOf();
  failing.add('auth0|0');
  const [user, more] = await rowsOf(model.nodeOf(ACME));
  assert.ok(user && more);
  const [error] = await rowsOf(user);
  assert.ok(error);
  assert.deepEqual(await said(() => model.retry(error)), [`changed ${nodeId(user)}`]);
  assert.deepEqual((await said(() => model.retry(more)))[0], `GET ${ACME} 1`);
});

test('a saved user changes a row, a created one the tenant, one of a tenant never opened nothing', async () => {
  const { model, said, rowsOf } = modelOf();
  await rowsOf(model.nodeOf(ACME));
  assert.deepEqual(await said(() => model.put(ACME, profile('auth0|0'))), [`changed user:${ACME}:auth0|0`]);
  assert.deepEqual(await said(() => model.put(ACME, profile('auth0|new'))), [`changed tenant:${ACME}`]);
  assert.deepEqual(await said(() => model.put(OTHER, profile('auth0|0'))), []);
  assert.deepEqual(
    model.listOf(ACME).users.map(({ summary }) => summary.name),
    ['saved', 'saved'],
  );
});
