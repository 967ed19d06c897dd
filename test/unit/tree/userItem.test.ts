// A user's row: the words by which `when` clauses know it.
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { userItem } from '../../../src/tree/treeItems';
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
