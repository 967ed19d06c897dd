// The interface in another language: what a person reads, from the view to a save that asks.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { type Sandbox, startSandbox } from '../../src/sandbox/http/server';
import { openWorkbench, scenario } from './harness';
import type { Workbench } from './workbench';

const EMAIL = 'jana@example.com';

describe('in German', () => {
  let sandbox: Sandbox;
  let workbench: Workbench;

  before(async () => {
    sandbox = await startSandbox({
      users: [
        { user_id: 'auth0|1', email: EMAIL, user_metadata: { addresses: { home: 'Markt 1' } }, app_metadata: {} },
      ],
    });
    workbench = await openWorkbench({ tenant: sandbox, language: 'de' });
  });
  after(async () => {
    await workbench.close();
    await sandbox.close();
  });

  scenario('the view and its commands speak it', async () => {
    await workbench.page.getByRole('tab', { name: 'Auth0-Benutzer' }).waitFor();
    await workbench.users.pressTitleAction('Benutzer suchen…');
    assert.match((await workbench.quickInput.title.textContent()) ?? '', /^Entwicklung — Benutzer von .* suchen$/);
    await workbench.quickInput.cancel();
  });

  scenario('so do the question of a save, and what is said after it', async () => {
    await workbench.users.click(EMAIL);
    await workbench.editor.waitForTab(`${EMAIL}.json`);
    await workbench.editor.setText('{"user_metadata": {"addresses": {"home": "Markt 2"}}, "app_metadata": {}}\n');
    await workbench.editor.save();
    const { message, detail, buttons } = await workbench.dialog.read();
    await workbench.screenshot('german');
    assert.match(
      message,
      /^Entwicklung — Beim Speichern werden verschachtelte Metadaten von jana@example\.com bei .* ersetzt\.$/,
    );
    assert.match(detail, /^Ersetzt:/);
    assert(buttons.includes('Speichern') && buttons.includes('Änderungen anzeigen'), buttons.join());
    await workbench.dialog.press('Speichern');
    await workbench.statusMessage('user_metadata.addresses von jana@example.com gespeichert.').waitFor();
  });
});
