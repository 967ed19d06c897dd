// addTenant with an argument: what fails is the caller's to hear.
import { shown } from '../../support/vscode/window';
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { tenantCommands } from '../../../src/commands/tenants/tenantCommands';
import { registerCommand } from '../../../src/shell/commands';
import { tenantsIn } from '../tenants/tenantsIn';

beforeEach(() => shown.clear());

test('a secret storage that takes nothing is told as a rejection, not as an answer', async () => {
  const { tenants, window } = tenantsIn();
  Object.assign(window.secrets, { store: async () => Promise.reject(new Error('locked')) });
  const never = async () => assert.fail('nothing is asked');
  const { addTenant } = tenantCommands(tenants, never, {} as never, { ask: never }, never);
  const registration = registerCommand('addTenant', addTenant);
  const argument = { url: 'http://127.0.0.1:4000', token: 'x'.repeat(40) };
  await assert.rejects(async () => shown.commands.get('auth0Metadata.addTenant')?.(argument), /Something unexpected/);
  registration.dispose();
});
