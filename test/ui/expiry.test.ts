// A pasted token that ends in the middle of work, and tokens that lack a scope: what a person sees, clicks and pastes.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { type Sandbox, startSandbox } from '../../src/sandbox/http/server';
import { eventually } from './eventually';
import { openWorkbench, scenario } from './harness';
import type { Workbench } from './workbench';

const DOMAIN = 'acme.localhost';
const [JANE, JOHN] = ['jane@example.com', 'john@example.com'];
const [JANE_TAB, JOHN_TAB] = [`${JANE}.json`, `${JOHN}.json`];
const SAVE_WAITS = `A Save Waits: Sign In to ${DOMAIN}`;
const CONNECTION = 'Username-Password-Authentication';
const LACKING = 'The token lacks read:users';
const WANTED = 'read:users update:users create:users read:connections';

describe('a token', () => {
  let sandbox: Sandbox;
  let workbench: Workbench;
  let token: string;
  let lifetimeS = 86_400;

  before(async () => {
    const user = (email: string) => ({ user_id: `auth0|${email}`, email, user_metadata: { hobby: 'surfing' } });
    sandbox = await startSandbox({ domain: DOMAIN, recordBodies: true, users: [user(JANE), user(JOHN)] });
    token = sandbox.mintToken({ expiresInS: 9 * 60 + 30 });
    const { url, domain } = sandbox;
    const only = (scope: string) => ({ url, domain, token: sandbox.mintToken({ scope }) });
    workbench = await openWorkbench({
      tenant: { ...sandbox, token },
      keybindings: [
        { key: 'ctrl+alt+1', command: 'auth0Metadata.addTenant', args: only('read:users') },
        { key: 'ctrl+alt+2', command: 'auth0Metadata.addTenant', args: only('update:users') },
        { key: 'ctrl+alt+3', command: 'auth0Metadata.createUser', args: { tenant: DOMAIN } },
      ],
    });
    await workbench.users.open();
  });
  after(async () => {
    await workbench.close();
    await sandbox.close();
  });

  const document = (hobby: string) => `${JSON.stringify({ user_metadata: { hobby }, app_metadata: {} }, null, 2)}\n`;
  const patches = () => sandbox.control.requests.filter(({ method }) => method === 'PATCH').map(({ body }) => body);
  const hobbies = () => sandbox.control.users().map(({ user_metadata }) => JSON.stringify(user_metadata));
  const asks = (title: string) => workbench.quickInput.title.filter({ hasText: title }).waitFor();
  const isClosed = () => workbench.quickInput.widget.waitFor({ state: 'hidden' });
  /** Another token than all before. */
  const minted = () => {
    token = sandbox.mintToken({ expiresInS: --lifetimeS });
    return token;
  };
  /** The view lists the users anew with each token, a moment later: it must not meet the end of this one. */
  const endToken = async () => {
    await eventually(async () =>
      assert(
        sandbox.control.requests.some(
          ({ path: route, status, headers }) =>
            route.includes('per_page=50') && status === 200 && headers.authorization === `Bearer ${token}`,
        ),
      ),
    );
    sandbox.endToken(token);
    sandbox.control.clearRequests();
  };
  const clipboard = async () => String(await workbench.page.evaluate('navigator.clipboard.readText()'));
  const copied = (scopes: string) => eventually(async () => assert.equal(await clipboard(), scopes));
  const offersCreate = async () => {
    await workbench.users.row(DOMAIN).hover();
    return workbench.users.row(DOMAIN).getByRole('button', { name: 'Create User…' }).isVisible();
  };
  const open = async (email: string) => {
    await workbench.users.click(email);
    await workbench.editor.waitForTab(`${email}.json`);
  };

  scenario(
    'that ends in less than ten minutes is announced; a click asks for another one, and for no domain',
    async () => {
      await workbench.users.row(JANE).waitFor();
      assert.equal(await offersCreate(), true);
      // Since the window has started, nothing but the view is used: no document, and no command such as the one that has
      // connected the tenant.
      await workbench.reload();
      await workbench.users.open();
      await workbench.users.row(JANE).waitFor();
      const announced = workbench.statusBarItem('tokenEnd', `${DOMAIN}: token ends in`);
      await announced.waitFor();
      assert.match((await announced.textContent()) ?? '', /token ends in \d+ minutes/);
      await announced.hover();
      await workbench.page.locator('.monaco-hover', { hasText: 'a save asks for it, too' }).waitFor();
      await workbench.screenshot('token-ends');
      await announced.click();
      await asks(`Sign In to ${DOMAIN} (1/2)`);
      await workbench.quickInput.cancel();
      await open(JANE);
    },
  );

  scenario('that ended lets a save wait for another: cancelled, the text stays; pasted, the save goes on', async () => {
    await workbench.editor.setText(document('sailing'));
    await endToken();
    await workbench.editor.save();
    await asks(SAVE_WAITS);
    await workbench.quickInput.message
      .filter({ hasText: 'has expired or is not accepted. A Management API token' })
      .waitFor();
    await workbench.screenshot('save-waits');
    await workbench.quickInput.cancel();
    await workbench.statusBarItem('tokenEnd', `${DOMAIN}: token not accepted any more`).waitFor();
    await workbench.notification('Nothing was saved, your text is kept.').hover();
    await workbench.screenshot('save-cancelled');
    await workbench.editor.waitForDirty(JANE_TAB);
    assert.equal(await workbench.editor.text(), document('sailing'));
    assert.deepEqual(patches(), []);

    await workbench.editor.save();
    await asks(SAVE_WAITS);
    await workbench.quickInput.answer('two words');
    await workbench.quickInput.message.filter({ hasText: 'This is not a token' }).waitFor();
    await workbench.quickInput.answer(token);
    await workbench.quickInput.message.filter({ hasText: 'does not accept this token' }).waitFor();
    await workbench.editor.waitForDirty(JANE_TAB);
    await workbench.quickInput.answer(minted());
    await workbench.editor.waitForClean(JANE_TAB);
    await isClosed();
    assert.deepEqual(patches(), ['{"user_metadata":{"hobby":"sailing"}}']);
    await workbench.statusBarItem('tokenEnd', `${DOMAIN}: token`).waitFor({ state: 'hidden' });
    await workbench.screenshot('save-went-on');
  });

  scenario('is asked for once by Save All, and one Escape is the answer for all', async () => {
    await open(JOHN);
    await workbench.editor.setText(document('golf'));
    await open(JANE);
    await workbench.editor.setText(document('chess'));
    await endToken();
    await workbench.runCommand('File: Save All');
    await asks(SAVE_WAITS);
    await workbench.quickInput.cancel();
    for (const tab of [JANE_TAB, JOHN_TAB]) {
      await workbench.notification(`Failed to save '${tab}'`).waitFor();
      await workbench.editor.waitForDirty(tab);
    }
    assert.equal(await workbench.quickInput.widget.isVisible(), false);
    assert.deepEqual(hobbies(), ['{"hobby":"sailing"}', '{"hobby":"surfing"}']);
    await workbench.runCommand('File: Save All');
    await asks(SAVE_WAITS);
    await workbench.quickInput.answer(minted());
    for (const tab of [JANE_TAB, JOHN_TAB]) await workbench.editor.waitForClean(tab);
    await isClosed();
    assert.deepEqual(hobbies(), ['{"hobby":"chess"}', '{"hobby":"golf"}']);
    assert.equal(patches().length, 2);
  });

  scenario('that ended lets the opening of a user wait, and the draft of a new one', async () => {
    await workbench.runCommand('View: Close All Editors');
    await endToken();
    await workbench.users.click(JOHN);
    await asks(`Sign In to ${DOMAIN}`);
    await workbench.quickInput.answer(minted());
    await workbench.editor.waitForTab(JOHN_TAB);
    await workbench.runCommand('Auth0: Create User…');
    await workbench.quickInput.pick(CONNECTION);
    await workbench.editor.waitForTab('New user 1.json');
    const draft = { connection: CONNECTION, email: 'new@example.com', password: 'correct horse battery 1' };
    await workbench.editor.setText(`${JSON.stringify(draft, null, 2)}\n`);
    await endToken();
    await workbench.editor.save();
    await asks(SAVE_WAITS);
    await workbench.quickInput.answer(minted());
    await workbench.editor.waitForTab('new@example.com.json');
    assert.equal(sandbox.control.users().length, 3);
  });

  scenario('without a scope says which, beside the scopes to copy and the dashboard’s page', async () => {
    await workbench.page.keyboard.press('Control+Alt+1');
    const readonly = workbench.statusBarItem('readonly', 'Read-only: the token lacks update:users');
    await readonly.waitFor();
    await eventually(async () => assert.equal(await offersCreate(), false));
    await readonly.hover();
    const hover = workbench.page.locator('.monaco-hover', { hasText: 'has neither the scope update:users nor' });
    await hover.getByText('Copy Scopes').waitFor();
    await workbench.screenshot('read-only-scopes');
    await hover.getByText('Copy Scopes').click();
    await copied('update:users create:users read:connections read:users');

    await workbench.page.keyboard.press('Control+Alt+3');
    const lacking = workbench.notification(`The token for ${DOMAIN} lacks a scope: create:users.`);
    // It moves in: what can be pointed at has arrived.
    await lacking.getByRole('button', { name: 'Copy Scopes' }).hover();
    await workbench.screenshot('scope-missing');
    await lacking.getByRole('button', { name: 'Copy Scopes' }).click();
    await copied('create:users update:users read:connections read:users');
    await workbench.page.keyboard.press('Control+Alt+3');
    await lacking.getByRole('button', { name: 'Open the Dashboard’s Page' }).click();
    const { message, detail } = await workbench.dialog.read();
    await workbench.screenshot('dashboard');
    assert.match(`${message} ${detail}`, /https:\/\/manage\.auth0\.com\//);
    await workbench.dialog.press('Cancel');
  });

  scenario('that may not list users: the row names the scope, with the same two beside it', async () => {
    await workbench.page.keyboard.press('Control+Alt+2');
    await workbench.users.row(LACKING).waitFor();
    await workbench.users.row(LACKING).hover();
    await workbench.screenshot('row-scope');
    await workbench.users.pressAction(LACKING, 'Copy Scopes');
    await copied(
      WANTED.replace('update:users create:users', 'create:users').replace(
        'read:connections',
        'read:connections update:users',
      ),
    );
    await workbench.users.row(LACKING).getByRole('button', { name: 'Open the Dashboard’s Page' }).waitFor();
  });
});
