// Search Users…: what the box says while one types, what is refused, and what the tree is given.
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { viewCommands } from '../../../src/commands/users/viewCommands';
import type { UserSearch } from '../../../src/tree/model/userList';
import { shown } from '../../support/vscode/window';

beforeEach(() => shown.clear());

function commands() {
  const searches: (UserSearch | undefined)[] = [];
  const tree = {
    focusedTenant: () => undefined,
    searchOf: () => undefined,
    show: async () => undefined,
    search: async (_tenant: string, search: UserSearch | undefined) => searches.push(search),
  };
  const tenants = { all: () => [{ domain: 'acme.eu.auth0.com', kind: 'token' }] };
  return { searches, ...viewCommands(tree as never, tenants as never) };
}

const INFO = 1;
const EXAMPLE = 'email:"jane@example.com"';

// biome-ignore format: a table
const SAID: readonly [typed: string, validation: unknown][] = [
  ['', undefined], ['jane', undefined], [EXAMPLE, undefined], ['auth0|1', undefined], [' jane ', undefined],
  ['email: “jane@example.com”', { message: `Searches for ${EXAMPLE}`, severity: INFO }],
  ['Jane <jane@example.com>', { message: 'Searches for jane@example.com', severity: INFO }],
  ['auth0%7C1', { message: 'Searches for auth0|1', severity: INFO }],
  ['email:"jane', `A quotation mark is not closed. Write a value like this: ${EXAMPLE}`],
  ['(name:a', `A bracket has no partner. Close it, or put the value in quotation marks, like this: ${EXAMPLE}`],
  ['jane AND', 'AND, OR, NOT, + and - need something to search for beside them. In lower case the words are just words.'],
  ['email:', `Something to search for is missing. Write a field with its value like this: ${EXAMPLE}`],
  ['logins_count:[1', 'A range needs a field, two ends and TO between them, like this: logins_count:[100 TO *]'],
  ['name:a\\', 'A backslash needs a character after it. For the backslash itself, write two.'],
  ['*', 'There is nothing to search for in this.'],
];

for (const [typed, validation] of SAID) {
  test(`the box says of ${JSON.stringify(typed)}: ${JSON.stringify({ validation })}`, async () => {
    Object.assign(shown, { typed });
    await commands().searchUsers(undefined);
    assert.deepEqual(shown.validation, validation);
  });

  if (typeof validation === 'string') {
    test(`a caller is told the same of ${typed}`, async () => {
      const { searches, searchUsers } = commands();
      await assert.rejects(async () => searchUsers({ query: typed }), { message: validation });
      assert.deepEqual(searches, []);
    });
  }
}

test('the tree is given what was understood', async () => {
  const { searches, searchUsers } = commands();
  await searchUsers({ query: 'email: “jane@example.com”' });
  await searchUsers({ query: 'auth0%7C1' });
  await searchUsers({ query: ' jane\u00a0doe' });
  await searchUsers({ query: '' });
  assert.deepEqual(
    searches.map(search => search?.input),
    [EXAMPLE, 'auth0|1', 'jane doe', undefined],
  );
  assert.deepEqual(searches[0]?.query, { kind: 'lucene', q: EXAMPLE });
});
