// Why a document is read-only, and what is offered: never an unlocking that changes nothing.
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as vscode from 'vscode';
import { readonlyReasonOf } from '../../../src/documents/open/openUser';
import { ReadonlyLens } from '../../../src/language/readonlyLens';
import { parseScopes } from '../../../src/management/auth/token';
import type { LockState } from '../../../src/management/environment';
import { tenantDomain } from '../../support/management';

const DOMAIN = tenantDomain('acme.eu.auth0.com');
const [USER, DRAFT] = ['auth0-user', 'auth0-new-user'];
const LOCKED = '$(lock) PRODUCTION · Acme: locked, so nothing can be changed';
const HELP = ['Sign In Again…', 'Copy Scopes', 'Open the Dashboard’s Page'];

/** @param scopes undefined while no token is known */
function lenses(scheme: string, lock: LockState, scopes: string | undefined, isDirty = false): readonly string[] {
  const claims = scopes === undefined ? undefined : { scopes: parseScopes(scopes), expiresAtMs: undefined };
  const clients = { knownClaims: () => claims, lockState: () => lock };
  const lens = new ReadonlyLens({
    onDidChange: () => new vscode.Disposable(() => undefined),
    profileOf: () => ({ name: 'Acme', environment: 'production' }),
    stateOf: () => lock,
    canWrite: () => assert.fail('a document needs more than that'),
    readonlyReasonOf: (domain, ability) => readonlyReasonOf(domain, clients, ability),
  });
  const uri = vscode.Uri.from({ scheme, authority: DOMAIN, path: '/x.json' });
  const titles = lens
    .provideCodeLenses({ uri, isDirty } as vscode.TextDocument)
    .map(({ command }) => command?.title ?? '');
  lens.dispose();
  return titles;
}

for (const [rule, scheme, lock, scopes, said] of [
  ['open', USER, 'open', 'update:users', []],
  ['unlocked', USER, 'unlocked', 'update:users', []],
  ['locked, before a token is known', USER, 'locked', undefined, [LOCKED, 'Unlock for This Session…']],
  ['locked', USER, 'locked', 'update:users_app_metadata', [LOCKED, 'Unlock for This Session…']],
  [
    'locked, and the token lacks the scope',
    USER,
    'locked',
    'read:users create:users',
    ['$(lock) PRODUCTION · Acme: the token lacks update:users', ...HELP],
  ],
  [
    'open, and the token lacks the scope',
    USER,
    'open',
    'read:users',
    ['$(lock) PRODUCTION · Acme: the token lacks update:users', ...HELP],
  ],
  [
    'read-only for good, whatever the token',
    USER,
    'readOnly',
    'read:users',
    ['$(lock) PRODUCTION · Acme: read-only for good', 'Edit Tenant…'],
  ],
  [
    'a draft on a locked tenant',
    DRAFT,
    'locked',
    'create:users',
    ['$(lock) PRODUCTION · Acme: locked, so saving asks to unlock it', 'Unlock for This Session…'],
  ],
  [
    'a draft that the token does not allow',
    DRAFT,
    'locked',
    'update:users',
    ['$(lock) PRODUCTION · Acme: the token lacks create:users', ...HELP],
  ],
] as const satisfies readonly (readonly [string, string, LockState, string | undefined, readonly string[]])[]) {
  test(`the lens: ${rule}`, () => assert.deepEqual(lenses(scheme, lock, scopes), said));
}

test('the lens: locked, over text that was typed before', () =>
  assert.deepEqual(lenses(USER, 'locked', undefined, true), [
    '$(lock) PRODUCTION · Acme: locked, so saving asks to unlock it',
    'Unlock for This Session…',
  ]));
