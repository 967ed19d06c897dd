import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UserSummary } from '../../../src/management/resources/users';
import { userDescription, userFacts, userLabel } from '../../../src/tree/model/userFacts';
import { userId } from '../../support/management';

const user = (fields: Omit<UserSummary, 'id'> = {}): UserSummary => ({ id: userId('auth0|1'), ...fields });

const LABELS: readonly (readonly [name: string, user: UserSummary, label: string, description: string])[] = [
  ['name and e-mail', user({ name: 'Jane', email: 'j@x.com', connection: 'db' }), 'Jane', 'j@x.com · db'],
  ['the e-mail as name is said once', user({ name: 'j@x.com', email: 'j@x.com', connection: 'db' }), 'j@x.com', 'db'],
  ['no name', user({ email: 'j@x.com' }), 'j@x.com', ''],
  ['a blank name', user({ name: '  ', email: 'j@x.com' }), 'j@x.com', ''],
  ['username', user({ username: 'jane', connection: 'db' }), 'jane', 'db'],
  ['a phone number', user({ name: '+1555', phone: '+1555', connection: 'sms' }), '+1555', 'sms'],
  ['nothing but an id', user(), 'auth0|1', ''],
  ['a disguised name', user({ name: 'a\u202Eb' }), 'a<U+202E>b', ''],
];

for (const [name, summary, label, description] of LABELS) {
  test(name, () => assert.deepEqual([userLabel(summary), userDescription(summary)], [label, description]));
}

test('a tooltip says what is known, blocked first', () => {
  const facts = userFacts(
    user({
      name: 'Jane',
      email: 'j@x.com',
      connection: 'db',
      blocked: true,
      lastLogin: '2026-01-02T03:04:05.000Z',
      loginsCount: 3,
      createdAt: '2025-01-01T00:00:00.000Z',
    }),
  );
  assert.deepEqual(facts, [
    { kind: 'blocked' },
    { kind: 'name', text: 'Jane' },
    { kind: 'email', text: 'j@x.com' },
    { kind: 'connection', text: 'db' },
    { kind: 'id', text: 'auth0|1' },
    { kind: 'lastLogin', atMs: Date.UTC(2026, 0, 2, 3, 4, 5) },
    { kind: 'logins', count: 3 },
    { kind: 'created', atMs: Date.UTC(2025, 0, 1) },
  ]);
});

test('a login that is no date counts as none', () => {
  assert.deepEqual(userFacts(user({ lastLogin: 'never' })), [
    { kind: 'id', text: 'auth0|1' },
    { kind: 'neverLoggedIn' },
  ]);
});
