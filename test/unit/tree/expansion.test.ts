// Which tenants are opened, and which call for children is the latest.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Expansion } from '../../../src/tree/expansion';
import { Turns } from '../../../src/tree/turns';
import { tenantDomain } from '../../support/management';

const tenant = tenantDomain('acme.auth0.com');
const node = { type: 'tenant', tenant } as const;

test('whether a tenant is first shown opened is decided once', () => {
  const expansion = new Expansion();
  assert.equal(expansion.knows(tenant), false);
  assert.equal(expansion.isOpened(tenant, true), true);
  assert.equal(expansion.isOpened(tenant, false), true);
  assert.equal(expansion.knows(tenant), true);
});

test('a tenant that was just added is opened; one that is forgotten is as if never seen', () => {
  const expansion = new Expansion();
  expansion.open(tenant);
  assert.equal(expansion.isOpened(tenant, false), true);
  expansion.collapsed(node);
  expansion.forget(tenant);
  assert.deepEqual([expansion.knows(tenant), expansion.isCollapsed(tenant)], [false, false]);
  assert.equal(expansion.isOpened(tenant, false), false);
});

test('closing and opening a tenant is noted, not what it is first shown as', () => {
  const expansion = new Expansion();
  expansion.open(tenant);
  expansion.collapsed(node);
  assert.deepEqual([expansion.isCollapsed(tenant), expansion.isOpened(tenant, false)], [true, true]);
  expansion.expanded(node);
  assert.equal(expansion.isCollapsed(tenant), false);
});

test('only the latest turn of a node counts, each node has its own', () => {
  const turns = new Turns();
  const first = turns.begin(node);
  const other = { ...node };
  const ofOther = turns.begin(other);
  const second = turns.begin(node);
  assert.deepEqual([turns.isLatest(node, first), turns.isLatest(node, second)], [false, true]);
  assert.equal(turns.isLatest(other, ofOther), true);
});
