// Values that run from right to left: old stays left of the arrow and new right of it, measured on the screen.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { type Sandbox, startSandbox } from '../../src/sandbox/http/server';
import { openWorkbench, scenario } from './harness';
import { assertLeftToRight } from './textOrder';
import type { Workbench } from './workbench';

const ID = 'auth0|5f7c8ec7c33c6c004bbafe82';
const TAB = 'jane.doe@example.com.json';
const DETAIL = '.monaco-dialog-box .dialog-message-detail';

/** Key, old and new value: words, digits, punctuation and brackets of both directions. */
const CHANGES: readonly [key: string, old: string, now: string][] = [
  ['city', 'חיפה', 'תל אביב'],
  ['עיר', 'ירושלים', 'נתניה'],
  ['name', 'علي', 'عمر'],
  ['number', 'רחוב 12', '34'],
  ['digits', '12', 'רחוב 34!'],
  ['arabic', '(٣)', '(٤)'],
  ['mixed', 'abc', 'שלום (abc)'],
  ['שם מלא', 'דנה: "א"', 'דנה, ב?'],
];
const held = Object.fromEntries(CHANGES.map(([key, old]) => [key, old]));
const typed = Object.fromEntries(CHANGES.map(([key, , now]) => [key, now]));
const quoted = (text: string) => JSON.stringify(text).slice(1, -1);

describe('values that run from right to left', () => {
  let sandbox: Sandbox;
  let workbench: Workbench;
  before(async () => {
    const profile = { user_metadata: { home: held }, app_metadata: { גיל: 12 } };
    sandbox = await startSandbox({ users: [{ user_id: ID, email: 'jane.doe@example.com', ...profile }] });
    workbench = await openWorkbench({ tenant: sandbox });
    await workbench.users.open();
    await workbench.users.click('jane.doe@example.com');
    await workbench.editor.waitForTab(TAB);
  });
  after(async () => {
    await workbench.close();
    await sandbox.close();
  });

  scenario('the question before saving shows old → new, line by line', async () => {
    const text = JSON.stringify({ user_metadata: { home: typed }, app_metadata: { גיל: 12 } }, null, 2);
    await workbench.editor.setText(`${text}\n`);
    await workbench.editor.save();
    await workbench.dialog.read();
    await workbench.screenshot('right-to-left');
    for (const [key, old, now] of CHANGES) {
      await assertLeftToRight(workbench.page, DETAIL, [key, quoted(old), '→', quoted(now)]);
    }
    // A path keeps its order as well.
    await assertLeftToRight(workbench.page, DETAIL, ['user_metadata', 'home', 'עיר', ':', 'ירושלים']);
    await workbench.dialog.press('Save');
    await workbench.editor.waitForClean(TAB);
    assert.deepEqual(sandbox.control.user(ID)?.user_metadata, { home: typed });
  });

  scenario('so does a conflict, and the list of saves', async () => {
    sandbox.control.set(ID, { user_metadata: { home: { ...typed, city: 'באר שבע' } } });
    await workbench.editor.setText(
      `${JSON.stringify({ user_metadata: { home: { ...typed, city: 'אילת' } }, app_metadata: { גיל: 12 } }, null, 2)}\n`,
    );
    await workbench.editor.save();
    await workbench.dialog.read();
    await assertLeftToRight(workbench.page, DETAIL, ['yours', 'אילת', 'was', 'תל אביב', ')']);
    await assertLeftToRight(workbench.page, DETAIL, ['server', 'באר שבע']);
    await workbench.dialog.press('Cancel');
    await workbench.runCommand('Auth0: Show Save History');
    await workbench.quickInput.rows.first().waitFor();
    await assertLeftToRight(workbench.page, '.quick-input-list .monaco-list-row', [
      'city',
      'חיפה',
      '→',
      'תל אביב',
      'ירושלים',
      '→',
      'נתניה',
    ]);
    await workbench.page.keyboard.press('Escape');
  });

  scenario('a row of the tree shows the key, then its value', async () => {
    await workbench.users.expand('jane.doe@example.com');
    await workbench.users.expand('app_metadata');
    await workbench.page.locator('.monaco-list-row', { hasText: 'גיל' }).last().waitFor();
    await workbench.screenshot('right-to-left-tree');
    await assertLeftToRight(workbench.page, '.monaco-list-row .monaco-icon-label', ['גיל', '12']);
  });
});
