// Two tenants side by side: which is which can be seen everywhere, without colours too, and production is guarded.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { type Sandbox, startSandbox } from '../../src/sandbox/http/server';
import { eventually } from './eventually';
import { openWorkbench, scenario } from './harness';
import type { Workbench } from './workbench';

const DEVELOPMENT = 'acme-dev.example.com';
const PRODUCTION = 'acme.example.com';
const JANE = 'auth0|jane';
const TAB = 'jane@example.com.json';

/** With the class of the page that each of them sets. */
const THEMES = [
  ['Light Modern', 'vs'],
  ['Dark High Contrast', 'hc-black'],
  ['Light High Contrast', 'hc-light'],
  ['Dark Modern', 'vs-dark'],
] as const;

describe('a tenant for production', () => {
  let development: Sandbox;
  let production: Sandbox;
  let workbench: Workbench;
  before(async () => {
    development = await startSandbox({
      domain: DEVELOPMENT,
      users: [{ user_id: 'auth0|joe', email: 'joe@example.com', user_metadata: { hobby: 'chess' } }],
    });
    production = await startSandbox({
      domain: PRODUCTION,
      recordBodies: true,
      users: [{ user_id: JANE, email: 'jane@example.com', user_metadata: { hobby: 'surfing' } }],
    });
    const { url, domain, token } = production;
    const args = { url, domain, token, name: 'Acme', environment: 'production' };
    workbench = await openWorkbench({
      tenant: development,
      keybindings: [
        { key: 'ctrl+alt+1', command: 'auth0Metadata.addTenant', args },
        {
          key: 'ctrl+alt+2',
          command: 'auth0Metadata.addTenant',
          args: { url, domain, token: production.mintToken({ scope: 'read:users' }) },
        },
      ],
    });
    await workbench.users.open();
    await workbench.users.row('joe@example.com').waitFor();
    // A key that is pressed while the window is still busy with its start may be lost.
    await eventually(async () => {
      await workbench.page.keyboard.press('Control+Alt+1');
      await workbench.users.row('jane@example.com').waitFor({ timeout: 5_000 });
    });
  });
  after(async () => {
    await workbench.close();
    await development.close();
    await production.close();
  });

  const writes = () => production.control.requests.filter(({ method }) => method !== 'GET').map(({ body }) => body);
  const document = (metadata: object) => `${JSON.stringify({ user_metadata: metadata, app_metadata: {} }, null, 2)}\n`;
  const chooseTheme = async (name: string) => {
    await workbench.runCommand('Preferences: Color Theme');
    await workbench.quickInput.type(name);
    await workbench.quickInput.row(name).click();
  };
  const lens = (text: string) => workbench.page.locator('.codelens-decoration').getByText(text, { exact: false });

  scenario('is told from one for development in the view, on the tab and in the status bar', async () => {
    assert.match((await workbench.users.description('Acme').textContent()) ?? '', /^Production · locked/);
    assert.match((await workbench.users.description(DEVELOPMENT).textContent()) ?? '', /^Development/);
    await workbench.users.click('joe@example.com');
    await workbench.editor.waitForTab('joe@example.com.json');
    await workbench.statusBarItem('tenant', `Development · ${DEVELOPMENT}`).waitFor();
    await workbench.users.click('jane@example.com');
    await workbench.editor.waitForTab(TAB);
    await workbench.statusBarItem('tenant', 'PRODUCTION · Acme').waitFor();
    await lens('PRODUCTION · Acme: locked').waitFor();
    for (const [theme, shown] of THEMES) {
      await chooseTheme(theme);
      await workbench.page.locator(`.monaco-workbench.${shown}`).waitFor();
      await workbench.screenshot(`environments ${theme}`);
    }
  });

  scenario('offers no unlocking while the token lacks the scope, which is said instead', async () => {
    await workbench.page.keyboard.press('Control+Alt+2');
    await lens('PRODUCTION · Acme: the token lacks update:users').waitFor();
    await lens('Copy Scopes').waitFor();
    await workbench.statusBarItem('readonly', 'Read-only: the token lacks update:users').waitFor();
    assert.equal(await lens('Unlock for This Session…').isVisible(), false);
    await workbench.users.row('Acme').hover();
    const unlock = workbench.users.row('Acme').getByRole('button', { name: 'Unlock for This Session…' });
    await eventually(async () => assert.equal(await unlock.isVisible(), false));
    await workbench.statusBarItem('tenant', 'PRODUCTION · Acme').click();
    await workbench.quickInput.row('Sign In Again…').waitFor();
    assert.equal(await workbench.quickInput.row('Unlock for This Session…').count(), 0);
    await workbench.screenshot('environments scope');
    await workbench.quickInput.cancel();
    await workbench.page.keyboard.press('Control+Alt+1');
    await lens('PRODUCTION · Acme: locked').waitFor();
  });

  scenario('cannot be typed into until it is unlocked, by a dialog that names it first', async () => {
    await workbench.users.click('jane@example.com');
    await workbench.editor.waitForTab(TAB);
    await workbench.editor.focus();
    await workbench.page.keyboard.press('x');
    await workbench.page.locator('.monaco-editor-overlaymessage').waitFor();
    await lens('Unlock for This Session…').click();
    const { message, buttons } = await workbench.dialog.read();
    assert.equal(message, `PRODUCTION · Acme — Unlock ${PRODUCTION} for this session?`);
    assert.deepEqual(new Set(buttons), new Set(['Unlock', 'Cancel']));
    await workbench.screenshot('environments unlock');
    await workbench.dialog.press('Unlock');
    await workbench.statusBarItem('tenant', 'unlocked').waitFor();
    await lens('PRODUCTION').waitFor({ state: 'hidden' });
  });

  scenario('asks at every save, also where it only adds', async () => {
    await workbench.editor.setText(document({ hobby: 'surfing', city: 'Anytown' }));
    await workbench.editor.save();
    const { message, detail } = await workbench.dialog.read();
    assert.equal(message, `PRODUCTION · Acme — Save the metadata of jane@example.com on ${PRODUCTION}?`);
    assert.match(detail, /Added:user_metadata\.city: "Anytown"/);
    await workbench.screenshot('environments save');
    await workbench.dialog.press('Save');
    await workbench.editor.waitForClean(TAB);
    assert.deepEqual(writes(), ['{"user_metadata":{"city":"Anytown"}}']);
  });

  scenario(
    'is locked again from the menu of the status bar; unsaved text stays, and a save asks to unlock',
    async () => {
      await workbench.editor.setText(document({ hobby: 'rowing' }));
      await workbench.editor.waitForDirty(TAB);
      await workbench.statusBarItem('tenant', 'PRODUCTION · Acme').click();
      await workbench.quickInput.title.filter({ hasText: 'PRODUCTION · Acme · unlocked' }).waitFor();
      await workbench.screenshot('environments menu');
      await workbench.quickInput.pick('Lock Again');
      await workbench.statusBarItem('tenant', /\blocked/).waitFor();
      await workbench.editor.focus();
      await workbench.editor.save();
      assert.match((await workbench.dialog.read()).message, /^PRODUCTION · Acme — Unlock/);
      await workbench.dialog.press('Cancel');
      await workbench.editor.waitForDirty(TAB);
      assert.equal(writes().length, 1);
    },
  );

  scenario('is renamed and made read-only for good with Edit Tenant…', async () => {
    await workbench.users.chooseFromMenu('Acme', 'Edit Tenant…');
    await workbench.quickInput.title.filter({ hasText: `PRODUCTION · Acme — Edit ${PRODUCTION} (1/3)` }).waitFor();
    await workbench.quickInput.answer('Acme Shop');
    await workbench.quickInput.title.filter({ hasText: '(2/3)' }).waitFor();
    await workbench.screenshot('environments edit');
    await workbench.quickInput.pick('Production');
    await workbench.quickInput.title.filter({ hasText: '(3/3)' }).waitFor();
    await workbench.quickInput.pick('Never: read-only for good');
    await eventually(async () =>
      assert.match((await workbench.users.description('Acme Shop').textContent()) ?? '', /^Production · read-only/),
    );
    await workbench.statusBarItem('tenant', 'PRODUCTION · Acme Shop').waitFor();
  });
});
