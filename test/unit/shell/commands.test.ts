// What becomes of a command's error: the caller hears of their argument, a person of all else.
import { shown } from '../../support/vscode/window';
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { ManagementError } from '../../../src/management/errors';
import { registerCommand } from '../../../src/shell/commands';
import { CallerError, forCaller, onTenant } from '../../../src/shell/report';

beforeEach(() => shown.clear());

async function run(task: () => Promise<unknown>): Promise<unknown> {
  const registration = registerCommand('refresh', task);
  try {
    return await shown.commands.get('auth0Metadata.refresh')?.();
  } finally {
    registration.dispose();
  }
}

const failed = (kind: 'network' | 'cancelled' | 'unauthorized') => async () => {
  throw new ManagementError('GET /x', { kind, outcome: 'notSent', code: 'ECONNREFUSED' });
};
const errors = () => shown.messages.filter(({ kind }) => kind === 'error').map(({ text }) => text);

test('a result is the caller’s', async () => assert.equal(await run(async () => 5), 5));

test('an argument that does not fit is the caller’s to hear, and nothing is shown', async () => {
  await assert.rejects(
    run(() => onTenant('acme', async () => Promise.reject(new CallerError('wrong')))),
    /^Error: wrong$/,
  );
  assert.deepEqual(errors(), []);
});

test('a failure is shown, by the name of its tenant, and the caller does not wait for it', async () => {
  assert.equal(await run(() => onTenant('acme.auth0.com', failed('network'))), undefined);
  assert.deepEqual(errors(), ['acme.auth0.com cannot be reached (ECONNREFUSED).']);
});

test('signing in is offered where that helps', async () => {
  let offered: readonly string[] = [];
  shown.answer = ({ buttons }) => {
    offered = buttons;
    return 'Sign In Again…';
  };
  await run(() => onTenant('acme.auth0.com', failed('unauthorized')));
  await new Promise(resolve => setImmediate(resolve));
  assert.deepEqual(offered, ['Sign In Again…']);
  const signIn = shown.executed.find(({ command }) => command === 'auth0Metadata.updateCredentials');
  assert.deepEqual(signIn?.args, [{ tenant: 'acme.auth0.com' }]);
});

test('tasks within tasks of a tenant are told as the innermost failed', async () => {
  await run(() => onTenant('outer.auth0.com', () => onTenant('acme.auth0.com', failed('network'))));
  await run(() => onTenant('acme.auth0.com', () => onTenant('acme.auth0.com', failed('cancelled'))));
  assert.deepEqual(errors(), ['acme.auth0.com cannot be reached (ECONNREFUSED).']);
  const task = () => forCaller('acme.auth0.com', () => onTenant('acme.auth0.com', failed('network')));
  await assert.rejects(run(task), /cannot be reached/);
});

test('who cancelled knows it', async () => {
  await run(() => onTenant('acme.auth0.com', failed('cancelled')));
  assert.deepEqual(errors(), []);
});

test('a caller with an argument of their own hears a failure as a sentence', async () => {
  const task = () => forCaller('acme.auth0.com', failed('network'));
  await assert.rejects(run(task), /^Error: acme\.auth0\.com cannot be reached \(ECONNREFUSED\)\.$/);
  assert.deepEqual(errors(), []);
});
