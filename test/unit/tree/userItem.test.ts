// A user's row: the words by which `when` clauses know it.
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { childValues } from '../../../src/tree/model/nodes';
import { userItem, valueItem } from '../../../src/tree/treeItems';
import { json } from '../../support/json';
import { tenantDomain, userId } from '../../support/management';

const WORDS: readonly (readonly [email: string | undefined, scopes: readonly string[] | undefined, words: string])[] = [
  ['j@x.com', ['read:users'], 'user email'],
  ['j@x.com', ['read:users', 'update:users'], 'user email canUpdate'],
  ['j@x.com', undefined, 'user email canUpdate'],
  [undefined, ['read:users'], 'user'],
  [undefined, undefined, 'user canUpdate'],
];

for (const [email, scopes, words] of WORDS) {
  test(`${email ?? 'no e-mail'}, ${scopes?.join(' ') ?? 'unknown scopes'}: ${words}`, () => {
    const id = userId('auth0|1');
    const node = { type: 'user', tenant: tenantDomain('acme.auth0.com'), userId: id, summary: { id, email } } as const;
    assert.equal(userItem(node, scopes && new Set(scopes)).contextValue, words);
  });
}

test('a screen reader says whose row it is: the tooltip alone need not', () => {
  const id = userId('auth0|1');
  const tenant = tenantDomain('acme.auth0.com');
  const announced = (summary: object) =>
    userItem({ type: 'user', tenant, userId: id, summary: { id, ...summary } }).accessibilityInformation?.label;
  assert.equal(announced({ name: 'Jane', email: 'j@x.com' }), 'Jane, j@x.com');
  assert.equal(announced({ email: 'j@x.com' }), 'j@x.com');
  assert.equal(announced({ email: 'j@x.com', connection: 'sms', blocked: true }), 'j@x.com, sms, blocked');
  const parent = { type: 'user', tenant, userId: id, summary: { id } } as const;
  const [value] = childValues(parent, json('{"hobby":"surfing"}'));
  assert(value);
  assert.equal(valueItem(value).accessibilityInformation?.label, 'hobby, "surfing"');
});
