// A window that is closed and opened again: what was typed is still there, and saves safely without what had been loaded.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { type Sandbox, startSandbox } from '../../src/sandbox/http/server';
import { eventually } from './eventually';
import { openWorkbench, scenario } from './harness';
import type { Workbench } from './workbench';

const ID = 'auth0|5f7c8ec7c33c6c004bbafe82';
const TAB = 'jane.doe@example.com.json';

describe('after a restart', () => {
  let sandbox: Sandbox;
  let workbench: Workbench;
  before(async () => {
    sandbox = await startSandbox({
      recordBodies: true,
      users: [{ user_id: ID, email: 'jane.doe@example.com', user_metadata: { hobby: 'surfing' } }],
    });
    workbench = await openWorkbench({ tenant: sandbox });
    await workbench.users.open();
    await workbench.users.click('jane.doe@example.com');
    await workbench.editor.waitForTab(TAB);
  });
  after(async () => {
    await workbench.close();
    await sandbox.close();
  });

  const patches = () => sandbox.control.requests.filter(({ method }) => method === 'PATCH').map(({ body }) => body);

  scenario('an open document comes back as the server has it, with one request', async () => {
    sandbox.control.set(ID, { user_metadata: { hobby: 'chess' } });
    sandbox.control.clearRequests();
    await workbench.reload();
    await workbench.editor.waitForTab(TAB);
    await eventually(async () => assert.match(await workbench.editor.text(), /"chess"/));
    const gets = sandbox.control.requests.filter(({ path }) => path.includes('5f7c8ec7c33c6c004bbafe82'));
    assert.equal(gets.length, 1);
  });

  scenario('unsaved text comes back, and saving it asks whatever the setting, naming what it takes away', async () => {
    const typed = { user_metadata: { hobby: 'sailing' }, app_metadata: {} };
    await workbench.editor.setText(`${JSON.stringify(typed, null, 2)}\n`);
    await workbench.editor.waitForDirty(TAB);
    await workbench.reload();
    await workbench.editor.waitForDirty(TAB);
    // Meanwhile somebody has added a key that the restored text knows nothing of.
    sandbox.control.set(ID, { user_metadata: { hobby: 'chess', since: 2020 } });
    await eventually(async () => assert.match(await workbench.editor.text(), /"sailing"/));
    await workbench.users.row('jane.doe@example.com').waitFor();
    assert.equal(await workbench.notification('already registered').count(), 0);
    // Commands know the document as well: nothing has read it in this window yet.
    await workbench.runCommand('Auth0: Preview the PATCH of This Document');
    await workbench.editor.waitForTab('PATCH jane.doe@example.com.http');
    await eventually(async () => assert.match(await workbench.editor.text(), /"sailing"[\s\S]*"since": null/));
    await workbench.editor.waitForDirty(TAB);
    await workbench.runCommand('View: Close Editor');
    await workbench.editor.save();
    const { message, detail } = await workbench.dialog.read();
    await workbench.screenshot('restored');
    assert.match(message, /restored text of jane\.doe@example\.com/);
    assert.match(detail, /Removed:\s*user_metadata\.since: 2020/);
    assert.match(detail, /Changed:\s*user_metadata\.hobby: "chess" → "sailing"/);
    assert.deepEqual(patches(), []);
    await workbench.dialog.press('Cancel');
    await workbench.notification('Nothing was sent, your text is kept').waitFor();
    await workbench.editor.waitForDirty(TAB);
  });

  scenario('saving it all the same does what the question said', async () => {
    await workbench.editor.focus();
    await workbench.editor.save();
    await workbench.dialog.press('Save');
    await workbench.editor.waitForClean(TAB);
    assert.deepEqual(patches(), ['{"user_metadata":{"hobby":"sailing","since":null}}']);
  });
});
