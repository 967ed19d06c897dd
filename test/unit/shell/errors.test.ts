// What a narrow row and a message say of a refusal.
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManagementError } from '../../../src/management/errors';
import { describeError } from '../../../src/shell/errors';

const refused = (serviceMessage: string) =>
  new ManagementError('GET /users: 403', {
    kind: 'forbidden',
    outcome: 'refused',
    status: 403,
    serviceMessage,
    isAuth0s: true,
  });

for (const [serviceMessage, title, detail] of [
  ['Insufficient scope, expected any of: read:users', 'The token lacks read:users', ''],
  [
    'Insufficient scope, expected any of: update:users,update:users_app_metadata',
    'The token lacks update:users or update:users_app_metadata',
    '',
  ],
  ['Forbidden', 'Not allowed', 'Forbidden'],
] as const) {
  test(serviceMessage, () => {
    const said = describeError(refused(serviceMessage), 'acme.auth0.com');
    assert.deepEqual([said.title, said.detail], [title, detail]);
  });
}
