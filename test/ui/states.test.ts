// What stands in the place of users when there are none to show, and what becomes of a user that is refused.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { type Sandbox, startSandbox } from '../../src/sandbox/http/server';
import { eventually } from './eventually';
import { openWorkbench, scenario } from './harness';
import type { Workbench } from './workbench';

const CONNECTION = 'Username-Password-Authentication';
const TAKEN = 'jane.doe@example.com';
const WAIT_S = 6;

describe('the view', () => {
  let sandbox: Sandbox;
  let expired: Sandbox;
  let empty: Sandbox;
  let workbench: Workbench;
  before(async () => {
    sandbox = await startSandbox({
      users: [
        {
          user_id: 'auth0|jane',
          email: TAKEN,
          identities: [{ connection: CONNECTION, user_id: 'jane', provider: 'auth0', isSocial: false }],
        },
      ],
    });
    expired = await startSandbox({ domain: 'expired.localhost', count: 1 });
    empty = await startSandbox({ domain: 'empty.localhost', empty: true });
    const add = ({ url, domain }: Sandbox, token: string) => ({
      command: 'auth0Metadata.addTenant',
      args: { url, domain, token },
    });
    workbench = await openWorkbench({
      tenant: sandbox,
      keybindings: [
        { key: 'ctrl+alt+1', ...add(expired, expired.mintToken({ expiresInS: -60 })) },
        { key: 'ctrl+alt+2', ...add(empty, empty.token) },
      ],
    });
    await workbench.users.open();
    await workbench.users.row(TAKEN).waitFor();
  });
  after(async () => {
    await workbench.close();
    await Promise.all([sandbox.close(), expired.close(), empty.close()]);
  });

  const noNotification = async () =>
    assert.equal(await workbench.page.locator('.notifications-toasts .notification-list-item').count(), 0);

  scenario('says in a row why there are no users, and tries again on a click', async () => {
    await sandbox.control.goOffline();
    await workbench.runCommand('Auth0: Refresh Users');
    await workbench.users.row('Cannot be reached').waitFor();
    await workbench.screenshot('offline');
    assert.equal(await workbench.users.description('Cannot be reached').textContent(), 'ECONNREFUSED');
    await noNotification();
    await sandbox.control.goOnline();
    await workbench.users.click('Cannot be reached');
    await workbench.users.row(TAKEN).waitFor();
  });

  scenario('shows a wait for the rate limit, which can be cancelled', async () => {
    const body = JSON.stringify({
      statusCode: 429,
      error: 'Too Many Requests',
      message: 'Global limit has been reached',
    });
    const answer = {
      status: 429,
      body,
      headers: { 'retry-after': String(WAIT_S), 'content-type': 'application/json' },
    };
    const fail = (route: 'list' | 'get') => sandbox.control.fail({ route, fault: { kind: 'answer', answer } });
    const wait = workbench.page.locator('.statusbar-item', { hasText: 'Auth0: waiting' });
    const cancel = async () => {
      await wait.click();
      await workbench.users.row('Cancelled').waitFor();
      assert.equal(await workbench.users.description('Cancelled').textContent(), 'Try again…');
      await workbench.screenshot('cancelled');
      await workbench.users.click('Cancelled');
    };
    fail('list');
    await workbench.runCommand('Auth0: Refresh Users');
    await wait.waitFor();
    await workbench.screenshot('rate-limit');
    await noNotification();
    await cancel();
    await workbench.users.row(TAKEN).waitFor();
    fail('get');
    await workbench.users.expand(TAKEN);
    await wait.waitFor();
    await cancel();
    await workbench.users.row('user_metadata').waitFor();
  });

  scenario('tells a search without hits from a query that is refused', async () => {
    await workbench.runCommand('Auth0: Search Users…');
    await workbench.quickInput.answer('nobody');
    await workbench.users.row('No user found').waitFor();
    await eventually(async () => assert.equal(await workbench.users.message.textContent(), '“nobody”: 0 users'));
    await workbench.runCommand('Auth0: Search Users…');
    await workbench.quickInput.answer('email:"jane');
    await workbench.quickInput.message.filter({ hasText: 'A quotation mark is not closed' }).waitFor();
    await workbench.quickInput.answer('name:j?ne');
    await workbench.users.row('Query refused').waitFor();
    await workbench.screenshot('query-refused');
    await workbench.users.click('Query refused');
    const input = workbench.quickInput.widget.locator('input.input');
    await eventually(async () => assert.equal(await input.inputValue(), 'name:j?ne'));
    await workbench.quickInput.answer('email: “jane.doe@example.com”');
    await workbench.users.row(TAKEN).waitFor();
    const understood = '“email:"jane.doe@example.com"”: 1 user';
    await eventually(async () => assert.equal(await workbench.users.message.textContent(), understood));
    await workbench.runCommand('Auth0: Clear Search');
    await noNotification();
  });

  scenario('keeps the text of a new user that is refused, until it is accepted', async () => {
    await workbench.runCommand('Auth0: Create User…');
    await workbench.quickInput.pick(CONNECTION);
    const draft = 'New user 1.json';
    await workbench.editor.waitForTab(draft);
    const text = (email: string, password: string) =>
      `${JSON.stringify({ connection: CONNECTION, email, password, user_metadata: { hobby: 'chess' } }, null, 2)}\n`;
    for (const [email, password, reason] of [
      [TAKEN, 'correct horse battery 1', 'This user exists already'],
      ['john.doe@example.com', 'weak', 'Password is too weak'],
    ] as const) {
      await workbench.editor.setText(text(email, password));
      await workbench.editor.save();
      await workbench.notification(reason).waitFor();
      await workbench.editor.waitForDirty(draft);
      assert.equal(await workbench.editor.text(), text(email, password));
    }
    await workbench.screenshot('create-refused');
    assert.equal(sandbox.control.users().length, 1);
    await workbench.editor.setText(text('john.doe@example.com', 'correct horse battery 1'));
    await workbench.editor.save();
    await workbench.editor.waitForTab('john.doe@example.com.json');
    await workbench.users.row('john.doe@example.com').waitFor();
    assert.equal(sandbox.control.users().length, 2);
  });

  scenario('leaves a draft open that was typed into while its user was being created', async () => {
    await workbench.runCommand('Auth0: Create User…');
    await workbench.quickInput.pick(CONNECTION);
    const draft = workbench.editor.tabs.filter({ hasText: 'New user' });
    await draft.waitFor();
    const before = async () => {
      await workbench.editor.focus();
      await workbench.page.keyboard.press('Control+End');
      await workbench.page.keyboard.type('// not sent');
      await draft.and(workbench.page.locator('.dirty')).waitFor();
    };
    sandbox.control.fail({ method: 'POST', fault: { kind: 'hook', before } });
    const user = { connection: CONNECTION, email: 'jim.doe@example.com', password: 'correct horse battery 1' };
    await workbench.editor.setText(`${JSON.stringify(user, null, 2)}\n`);
    await workbench.editor.save();
    await workbench.editor.waitForTab('jim.doe@example.com.json');
    await workbench.notification('without what you typed meanwhile').waitFor();
    await workbench.screenshot('create-typed-meanwhile');
    assert.equal(await draft.and(workbench.page.locator('.dirty')).count(), 1);
    assert.equal(await workbench.dialog.isOpen(), false);
    await draft.click();
    await eventually(async () => assert.match(await workbench.editor.text(), /not sent/));
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  scenario('says of other tenants that their token has expired, and that they are empty', async () => {
    await workbench.page.keyboard.press('Control+Alt+1');
    await workbench.users.row('Sign in again…').waitFor();
    assert.equal(await workbench.users.description('Sign in again…').textContent(), 'Token not accepted');
    await workbench.page.keyboard.press('Control+Alt+2');
    await workbench.users.row('No users yet').waitFor();
    await workbench.screenshot('tenants');
    await noNotification();
  });
});
