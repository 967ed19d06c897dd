import assert from 'node:assert/strict';
import { test } from 'node:test';
import { childValues, nodeId, type UserNode, type ValueNode } from '../../../src/tree/model/nodes';
import { json } from '../../support/json';
import { tenantDomain, userId } from '../../support/management';

function userNode(domain: string, id: string): UserNode {
  return { type: 'user', tenant: tenantDomain(domain), userId: userId(id), summary: { id: userId(id) } };
}

function allBelow(parent: UserNode | ValueNode, text: string): readonly ValueNode[] {
  const below = (node: ValueNode): readonly ValueNode[] => [node, ...childValues(node, node.value).flatMap(below)];
  return childValues(parent, json(text)).flatMap(below);
}

const ODD = '{"user_metadata":{"":1,"a b":2,"__proto__":{"x":[{"0":1},[2]]},"a.b":{"c":1},"a":{"b.c":1,"b":{"c":1}}}}';

test('ids are unique whatever the keys are called', () => {
  const nodes = allBelow(userNode('a.auth0.com', 'auth0|1'), ODD);
  assert.equal(new Set(nodes.map(nodeId)).size, nodes.length);
  assert.equal(nodes.length, 15);
});

test('ids tell tenants and users apart', () => {
  const users = ['a.auth0.com', 'b.auth0.com'].flatMap(domain =>
    ['auth0|1', 'auth0|1:', 'x'].map(id => userNode(domain, id)),
  );
  const nodes = users.flatMap(user => [user, ...allBelow(user, ODD)]);
  assert.equal(new Set(nodes.map(nodeId)).size, nodes.length);
});

test('ids are the same for the same data', () => {
  const ids = () => allBelow(userNode('a.auth0.com', 'auth0|1'), ODD).map(nodeId);
  assert.deepEqual(ids(), ids());
});

test('a node knows its path in the document', () => {
  const last = allBelow(userNode('a.auth0.com', 'auth0|1'), '{"user_metadata":{"a":[{"b":1}]}}').at(-1);
  assert.deepEqual(last?.reveal, ['user_metadata', 'a', 0, 'b']);
});

test('of duplicate keys the last one is shown', () => {
  const nodes = allBelow(userNode('a.auth0.com', 'auth0|1'), '{"a":1,"a":2}');
  assert.deepEqual(
    nodes.map(({ value }) => value.type === 'number' && value.text),
    ['2'],
  );
});
