// The way back: saves are listed, shown as diffs, and taken back into the document, for review and another save.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { type Sandbox, startSandbox } from '../../src/sandbox/http/server';
import { eventually } from './eventually';
import { openWorkbench, scenario } from './harness';
import type { Workbench } from './workbench';

const ID = 'auth0|5f7c8ec7c33c6c004bbafe82';
const TAB = 'jane.doe@example.com.json';
const MOVED = { hobby: 'chess', addresses: { home: '1 Elm Street' } };
const ORIGINAL = { hobby: 'surfing', addresses: { home: '123 Main Street' } };

describe('the save history', () => {
  let sandbox: Sandbox;
  let workbench: Workbench;
  before(async () => {
    sandbox = await startSandbox({
      recordBodies: true,
      users: [{ user_id: ID, email: 'jane.doe@example.com', user_metadata: ORIGINAL, app_metadata: { plan: 'full' } }],
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
  const stored = () => sandbox.control.user(ID)?.user_metadata;
  const document = (userMetadata: object) =>
    `${JSON.stringify({ user_metadata: userMetadata, app_metadata: { plan: 'full' } }, null, 2)}\n`;
  const saveAndConfirm = async () => {
    await workbench.editor.focus();
    await workbench.editor.save();
    await workbench.dialog.press('Save');
    await workbench.editor.waitForClean(TAB);
  };
  /** @returns the newest save */
  const showHistory = async () => {
    await workbench.runCommand('Auth0: Show Save History');
    await workbench.quickInput.title.filter({ hasText: 'Saves of jane.doe@example.com' }).waitFor();
    return workbench.quickInput.rows.first();
  };
  const shows = (text: string) => eventually(async () => assert.equal(await workbench.editor.text(), text));

  scenario('lists a save with what it changed, and opens it as a diff', async () => {
    await workbench.editor.setText(document(MOVED));
    await saveAndConfirm();
    const row = await showHistory();
    assert.match((await row.textContent()) ?? '', /user_metadata\.hobby: "surfing" → "chess"/);
    await workbench.screenshot('history');
    await row.click();
    await workbench.diff.waitFor();
    await workbench.screenshot('history-diff');
    assert((await workbench.diff.original()).some(line => line.includes('"surfing"')));
    assert((await workbench.diff.modified()).some(line => line.includes('"chess"')));
    // What is in front is about the same user.
    await showHistory();
    await workbench.page.keyboard.press('Escape');
  });

  scenario('names a save as its request did, for a search in the tenant’s log', async () => {
    await workbench.quickInput.pressRowAction(await showHistory(), 'Copy the Correlation ID');
    const [id, ...others] = sandbox.control.requests.flatMap(({ headers }) => headers['x-correlation-id'] ?? []);
    assert.match(String(id), /^[\da-f-]{36}$/);
    assert.deepEqual(others, [], 'only the PATCH carries one');
    await eventually(async () => assert.equal(await workbench.page.evaluate('navigator.clipboard.readText()'), id));
  });

  scenario('undoing puts the inverse into the document, unsaved; what others did since stays', async () => {
    sandbox.control.set(ID, { user_metadata: { ...MOVED, since: 2020 } });
    sandbox.control.clearRequests();
    await workbench.editor.pressTitleAction('Undo This Save');
    await workbench.editor.waitForTab(TAB);
    await workbench.editor.waitForDirty(TAB);
    await shows(document({ ...ORIGINAL, since: 2020 }));
    assert.deepEqual(
      sandbox.control.requests.map(({ method }) => method),
      ['GET'],
    );
  });

  scenario('saving it restores what was there', async () => {
    await saveAndConfirm();
    assert.deepEqual(patches(), [JSON.stringify({ user_metadata: ORIGINAL })]);
    assert.deepEqual(stored(), { ...ORIGINAL, since: 2020 });
  });

  scenario('the undo can be undone', async () => {
    await workbench.runCommand('Auth0: Undo the Last Save');
    await workbench.editor.waitForDirty(TAB);
    await shows(document({ ...MOVED, since: 2020 }));
    await saveAndConfirm();
    assert.deepEqual(stored(), { ...MOVED, since: 2020 });
  });

  scenario('asks about what has changed again since, and leaves it if told so', async () => {
    sandbox.control.set(ID, { user_metadata: { ...MOVED, hobby: 'go', since: 2020 } });
    await workbench.quickInput.pressRowAction(await showHistory(), 'Undo This Save');
    const { detail } = await workbench.dialog.read();
    await workbench.screenshot('undo-changed-since');
    assert.match(detail, /user_metadata\.hobby: "go" → "surfing"/);
    assert.doesNotMatch(detail, /addresses/);
    await workbench.dialog.press('Leave Those');
    await shows(document({ ...ORIGINAL, hobby: 'go', since: 2020 }));
    await workbench.editor.waitForDirty(TAB);
  });

  scenario('is gone once it is cleared', async () => {
    await workbench.runCommand('Auth0: Clear Save History…');
    await workbench.dialog.press('Clear');
    await workbench.statusMessage('The save history is cleared').waitFor();
    await workbench.runCommand('Auth0: Show Save History');
    await workbench.notification('No save has been recorded here yet').waitFor();
  });
});
