// Saving as a person meets it, with VS Code's own defaults: auto save, conflicts, refusals, the way back.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { type Sandbox, startSandbox } from '../../src/sandbox/http/server';
import { eventually } from './eventually';
import { openWorkbench, scenario } from './harness';
import type { Workbench } from './workbench';

const ID = 'auth0|5f7c8ec7c33c6c004bbafe82';
const TAB = 'jane.doe@example.com.json';
const AUTO_SAVE_MS = 200;
const alphabetically = (a: string, b: string) => a.localeCompare(b);

describe('saving', () => {
  let sandbox: Sandbox;
  let workbench: Workbench;
  before(async () => {
    sandbox = await startSandbox({
      recordBodies: true,
      users: [
        {
          user_id: ID,
          email: 'jane.doe@example.com',
          user_metadata: { hobby: 'surfing', addresses: { home: '123 Main Street' } },
          app_metadata: { plan: 'full' },
        },
      ],
    });
    workbench = await openWorkbench({
      tenant: sandbox,
      settings: { 'files.autoSave': 'afterDelay', 'files.autoSaveDelay': AUTO_SAVE_MS },
    });
    await workbench.users.open();
    await workbench.users.click('jane.doe@example.com');
    await workbench.editor.waitForTab(TAB);
  });
  after(async () => {
    await workbench.close();
    await sandbox.close();
  });

  const patches = () => sandbox.control.requests.filter(({ method }) => method === 'PATCH').map(({ body }) => body);
  const stored = () => sandbox.control.user(ID);
  const document = (userMetadata: object, appMetadata: object = { plan: 'full' }) =>
    `${JSON.stringify({ user_metadata: userMetadata, app_metadata: appMetadata }, null, 2)}\n`;

  scenario('typing sends nothing by itself, although auto save is on', async () => {
    await workbench.editor.setText(document({ hobby: 'sailing', addresses: { home: '123 Main Street' } }));
    await workbench.editor.waitForDirty(TAB);
    await workbench.page.waitForTimeout(10 * AUTO_SAVE_MS);
    await workbench.editor.waitForDirty(TAB);
    assert.deepEqual(patches(), []);
    assert.equal(await workbench.dialog.isOpen(), false);
  });

  scenario('the save key sends it', async () => {
    await workbench.editor.focus();
    await workbench.editor.save();
    await workbench.statusMessage('Saved user_metadata.hobby of jane.doe@example.com').waitFor();
    await workbench.editor.waitForClean(TAB);
    assert.deepEqual(patches(), ['{"user_metadata":{"hobby":"sailing"}}']);
    await workbench.screenshot('saved');
  });

  scenario('a conflict shows both values, and Compare opens them side by side', async () => {
    sandbox.control.set(ID, { user_metadata: { hobby: 'chess', addresses: { home: '123 Main Street' }, since: 2020 } });
    sandbox.control.clearRequests();
    await workbench.editor.setText(document({ hobby: 'rowing', addresses: { home: '123 Main Street' } }));
    await workbench.editor.save();
    const { message, detail, buttons } = await workbench.dialog.read();
    await workbench.screenshot('conflict');
    // Nothing of the save before stands beside one that waits for its answer.
    assert.equal(await workbench.statusMessage('Saved').count(), 0);
    assert.match(message, /Somebody else changed jane\.doe@example\.com/);
    assert.match(detail, /user_metadata\.hobby[\s\S]*yours: "rowing"[\s\S]*server: "chess"/);
    assert.deepEqual([...buttons].sort(alphabetically), ['Cancel', 'Compare', 'Overwrite', 'Take Theirs']);
    await workbench.dialog.press('Compare');
    await workbench.diff.waitFor();
    await eventually(async () =>
      assert((await workbench.diff.modified()).some(line => line.includes('"since": 2020'))),
    );
    assert.equal(await workbench.statusMessage('Saved').count(), 0);
    await workbench.screenshot('compare');
    assert.deepEqual(patches(), []);
  });

  scenario('saving from the comparison sends mine and keeps the rest of theirs', async () => {
    await workbench.editor.focus();
    await workbench.editor.save();
    await eventually(() => assert.deepEqual(patches(), ['{"user_metadata":{"hobby":"rowing"}}']));
    assert.deepEqual(stored()?.user_metadata, {
      hobby: 'rowing',
      addresses: { home: '123 Main Street' },
      since: 2020,
    });
  });

  scenario('broken JSON is underlined and not sent', async () => {
    await workbench.users.click('jane.doe@example.com');
    sandbox.control.clearRequests();
    await workbench.editor.setText('{ "user_metadata": { "hobby": }, "app_metadata": {} }');
    await workbench.errorSquiggles.first().waitFor();
    await workbench.editor.save();
    await workbench.notification('Nothing was sent. A JSON value is expected here').waitFor();
    assert.equal(await workbench.statusMessage('Saved').count(), 0);
    await workbench.screenshot('broken');
    assert.deepEqual(sandbox.control.requests.length, 0);
  });
});
