// The story of Auth0's documentation, clicked: create jane.doe, add a home address, then one for work, then move house.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { type Sandbox, startSandbox } from '../../src/sandbox/http/server';
import { eventually } from './eventually';
import { openWorkbench, scenario } from './harness';
import type { Workbench } from './workbench';

const TAB = 'jane.doe@example.com.json';
const alphabetically = (a: string, b: string) => a.localeCompare(b);
const HOME = '123 Main Street, Anytown, ST 12345';
const WORK = '100 Industrial Way, Anytown, ST 12345';

describe('the story of the documentation', () => {
  let sandbox: Sandbox;
  let workbench: Workbench;
  before(async () => {
    sandbox = await startSandbox({ count: 40, recordBodies: true });
    workbench = await openWorkbench({ tenant: sandbox });
  });
  after(async () => {
    await workbench.close();
    await sandbox.close();
  });

  const bodies = (method: string) =>
    sandbox.control.requests
      .filter(request => request.method === method && request.path !== '/oauth/token')
      .map(({ body }) => body);
  const document = (userMetadata: object) =>
    `${JSON.stringify({ user_metadata: userMetadata, app_metadata: { plan: 'full' } }, null, 2)}\n`;

  scenario('creates jane.doe with hobby and plan: one POST', async () => {
    await workbench.runCommand('Auth0: Create User…');
    await workbench.quickInput.pick('Username-Password-Authentication');
    await workbench.editor.waitForTab('New user 1.json');
    await workbench.screenshot('create-user');
    const user = {
      email: 'jane.doe@example.com',
      user_metadata: { hobby: 'surfing' },
      app_metadata: { plan: 'full' },
      connection: 'Username-Password-Authentication',
      password: 'correct horse battery staple 1',
    };
    await workbench.editor.setText(`${JSON.stringify(user, null, 2)}\n`);
    await workbench.editor.save();
    await workbench.editor.waitForTab(TAB);
    assert.deepEqual(bodies('POST'), [JSON.stringify(user)]);
    await eventually(async () => assert.equal(await workbench.editor.tabs.count(), 1));
    assert.equal(await workbench.editor.text(), document({ hobby: 'surfing' }));
  });

  scenario('adds a home address: one GET, one PATCH with addresses alone, no question', async () => {
    await workbench.editor.setText(document({ hobby: 'surfing', addresses: { home: HOME } }));
    sandbox.control.clearRequests();
    await workbench.editor.save();
    await workbench.statusMessage('Saved user_metadata.addresses').waitFor();
    assert.deepEqual(bodies('PATCH'), [JSON.stringify({ user_metadata: { addresses: { home: HOME } } })]);
    assert.deepEqual(
      sandbox.control.requests.map(({ method }) => method),
      ['GET', 'PATCH'],
    );
    assert.equal(await workbench.dialog.isOpen(), false);
  });

  scenario('adds a work address: the complete addresses are sent, no question', async () => {
    await workbench.editor.setText(document({ hobby: 'surfing', addresses: { home: HOME, work: WORK } }));
    sandbox.control.clearRequests();
    await workbench.editor.save();
    await eventually(() => assert.equal(bodies('PATCH').length, 1));
    assert.deepEqual(bodies('PATCH'), [JSON.stringify({ user_metadata: { addresses: { home: HOME, work: WORK } } })]);
    await workbench.editor.waitForClean(TAB);
    assert.equal(await workbench.dialog.isOpen(), false);
  });

  scenario('moving house warns, naming user, tenant, path, the old and the new value', async () => {
    await workbench.editor.setText(document({ hobby: 'surfing', addresses: { home: '1 Elm Street', work: WORK } }));
    sandbox.control.clearRequests();
    await workbench.editor.save();
    const { message, detail, buttons } = await workbench.dialog.read();
    await workbench.screenshot('replacement-warning');
    assert.match(message, new RegExp(`jane\\.doe@example\\.com on ${sandbox.domain}`));
    assert.match(detail, new RegExp(`user_metadata\\.addresses\\.home: "${HOME}" → "1 Elm Street"`));
    assert.deepEqual([...buttons].sort(alphabetically), ['Cancel', 'Save', 'Show Changes']);
    await workbench.dialog.press('Cancel');
    await workbench.editor.waitForDirty(TAB);
    assert.deepEqual(bodies('PATCH'), []);
  });

  scenario('Show Changes shows server and edited text side by side; saving from there does not ask again', async () => {
    await workbench.editor.focus();
    await workbench.editor.save();
    await workbench.dialog.press('Show Changes');
    await workbench.diff.waitFor();
    await workbench.screenshot('show-changes');
    assert((await workbench.diff.original()).some(line => line.includes(HOME)));
    assert((await workbench.diff.modified()).some(line => line.includes('1 Elm Street')));
    assert.deepEqual(bodies('PATCH'), []);
    await workbench.editor.focus();
    await workbench.editor.save();
    await eventually(() => assert.equal(bodies('PATCH').length, 1));
    assert.deepEqual(bodies('PATCH'), [
      JSON.stringify({ user_metadata: { addresses: { home: '1 Elm Street', work: WORK } } }),
    ]);
    assert.equal(await workbench.dialog.isOpen(), false);
  });
});
