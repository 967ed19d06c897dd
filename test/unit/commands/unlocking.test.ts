// Who is asked to unlock a tenant, and who is told instead that the token lacks a scope.
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unlocker } from '../../../src/commands/tenants/lockCommands';
import type { Abilities } from '../../../src/management/auth/scopes';
import { parseScopes } from '../../../src/management/auth/token';
import { ManagementError } from '../../../src/management/errors';
import { neededScopes } from '../../../src/shell/errors';
import { TenantGuard } from '../../../src/tenants/guard';
import { ACME, tenantsIn, token } from '../tenants/tenantsIn';

/** The question, or the scope that is missing. */
async function outcome(ability: keyof Abilities | undefined, scopes: string): Promise<string> {
  const { tenants } = tenantsIn();
  await tenants.add(ACME, token('a'), { name: 'Acme', environment: 'production', readOnly: false });
  const asked: string[] = [];
  const unlock = unlocker({
    guard: new TenantGuard({ store: tenants, isLocked: () => true, relockMs: () => 0 }),
    access: { knownClaims: () => ({ scopes: parseScopes(scopes), expiresAtMs: undefined }) },
    dialogs: {
      ask: async ({ message }) => {
        asked.push(message);
        return 'Unlock';
      },
    },
  });
  try {
    // Two at once, as with Save All.
    assert.deepEqual(await Promise.all([unlock(ACME.domain, ability), unlock(ACME.domain, ability)]), [true, true]);
    return asked.join();
  } catch (error) {
    assert(ManagementError.is(error, 'forbidden'));
    assert.deepEqual(asked, []);
    return neededScopes(error)?.join() ?? '';
  }
}

const QUESTION = `Unlock ${ACME.domain} for this session?`;

for (const [rule, ability, scopes, expected] of [
  ['the save of a user', 'canUpdate', 'update:users', QUESTION],
  ['the save of a user that would fail', 'canUpdate', 'read:users create:users', 'update:users'],
  ['a new user', 'canCreate', 'create:users', QUESTION],
  ['a new user that would be refused', 'canCreate', 'update:users', 'create:users'],
  ['the command, with a token that only creates', undefined, 'create:users', QUESTION],
  ['the command, with a token that only updates', undefined, 'update:users', QUESTION],
  ['the command, with a token that only reads', undefined, 'read:users', 'update:users'],
] as const) {
  test(`unlocking for ${rule}`, async () => assert.equal(await outcome(ability, scopes), expected));
}
