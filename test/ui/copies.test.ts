// Texts that cannot be saved where they are: Save As onto another user, and a user who is gone.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, before, describe } from 'node:test';
import { type Sandbox, startSandbox } from '../../src/sandbox/http/server';
import { eventually } from './eventually';
import { openWorkbench, scenario } from './harness';
import type { Workbench } from './workbench';

const JANE = 'auth0|jane';
const JOHN = 'auth0|john';
const TAB = 'jane@example.com.json';

describe('a copy', () => {
  let sandbox: Sandbox;
  let workbench: Workbench;
  let folder: string;
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'auth0-metadata-copies-'));
    sandbox = await startSandbox({
      recordBodies: true,
      users: [
        { user_id: JANE, email: 'jane@example.com', user_metadata: { hobby: 'surfing' } },
        { user_id: JOHN, email: 'john@example.com', user_metadata: { hobby: 'golf' } },
      ],
    });
    workbench = await openWorkbench({ tenant: sandbox });
    await workbench.users.open();
    await workbench.users.click('jane@example.com');
    await workbench.editor.waitForTab(TAB);
    await workbench.editor.setText('{"user_metadata": {"hobby": "sailing"}, "app_metadata": {}}\n');
    sandbox.control.clearRequests();
  });
  after(async () => {
    await workbench.close();
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const patches = () => sandbox.control.requests.filter(({ method }) => method === 'PATCH').map(({ body }) => body);
  const hobbyOf = (id: string) => JSON.stringify(sandbox.control.user(id)?.user_metadata);

  scenario('made by Save As onto another user is refused, and offered as a file', async () => {
    await workbench.editor.focus();
    await workbench.runCommand('File: Save As...');
    const offer = workbench.notification('Save As would write over a user on the server');
    await workbench.quickInput.answerFile(`/users/${JOHN}/john@example.com.json`, () => offer.isVisible());
    await workbench.screenshot('save-as-refused');
    assert.deepEqual([patches(), hobbyOf(JOHN), hobbyOf(JANE)], [[], '{"hobby":"golf"}', '{"hobby":"surfing"}']);
    // The other user's document is not left with a text that is not its own, for the next Save All to send.
    await workbench.page.waitForTimeout(2_000);
    // A slow VS Code may have given it a tab before it was refused.
    assert.equal(await workbench.page.locator('.tab.dirty').filter({ hasText: 'john@example.com.json' }).count(), 0);
    await workbench.runCommand('File: Save All Files');
    await workbench.editor.waitForClean(TAB);
    assert.deepEqual([patches(), hobbyOf(JOHN)], [['{"user_metadata":{"hobby":"sailing"}}'], '{"hobby":"golf"}']);
    await workbench.runCommand('Notifications: Clear All Notifications');
    sandbox.control.clearRequests();
  });

  scenario('made by Save As of a draft creates no user', async () => {
    await workbench.runCommand('Auth0: Create User…');
    await workbench.quickInput.pick('Username-Password-Authentication');
    await workbench.editor.waitForTab('New user 1.json');
    const user = {
      email: 'new@example.com',
      connection: 'Username-Password-Authentication',
      password: 'Correct-Horse-7',
    };
    await workbench.editor.setText(`${JSON.stringify(user)}\n`);
    await workbench.editor.focus();
    await workbench.runCommand('File: Save As...');
    const refused = workbench.notification('only Save creates the user');
    const draft = '/Username-Password-Authentication/auth0/later.json';
    await workbench.quickInput.answerFile(draft, () => refused.isVisible());
    await workbench.screenshot('draft-save-as-refused');
    assert.equal(sandbox.control.requests.filter(({ method }) => method === 'POST').length, 0);
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.runCommand('File: Revert File');
    await workbench.runCommand('View: Close Editor');
    sandbox.control.clearRequests();
  });

  scenario('of the text of a user who was deleted is saved in one step', async () => {
    await workbench.users.click('jane@example.com');
    await workbench.editor.waitForTab(TAB);
    await workbench.editor.setText('{"user_metadata": {"hobby": "rowing"}, "app_metadata": {}}\n');
    sandbox.control.delete(JANE);
    await workbench.editor.focus();
    await workbench.editor.save();
    const offer = workbench.notification('The user is no longer in');
    await offer.waitFor();
    await workbench.screenshot('user-gone');
    await offer.getByRole('button', { name: 'Save a Copy to Disk…' }).click();
    const file = path.join(folder, 'jane.json');
    await workbench.quickInput.answerFile(file, async () => existsSync(file));
    await eventually(() => assert.match(readFileSync(file, 'utf8'), /"hobby": "rowing"/));
    await workbench.editor.waitForDirty(TAB);
    assert.deepEqual(patches(), []);
  });
});
