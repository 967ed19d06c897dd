// A tenant's life, by hand and over https: added with a token, read-only for lack of a scope, signed in to again, removed.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { type Sandbox, startSandbox } from '../../src/sandbox/http/server';
import { type HttpsTenant, serveOverHttps } from '../support/httpsTenant';
import { eventually } from './eventually';
import { openWorkbench, scenario } from './harness';
import type { Workbench } from './workbench';

const DOMAIN = 'login.example.com';
const ID = 'auth0|5f7c8ec7c33c6c004bbafe82';
const TAB = 'jane.doe@example.com.json';
const READONLY = 'Read-only: the token lacks update:users';

describe('a tenant', () => {
  let sandbox: Sandbox;
  let other: Sandbox;
  let https: HttpsTenant;
  let workbench: Workbench;
  before(async () => {
    sandbox = await startSandbox({
      recordBodies: true,
      domain: DOMAIN,
      users: [{ user_id: ID, email: 'jane.doe@example.com', user_metadata: { hobby: 'surfing' } }],
    });
    other = await startSandbox({ domain: 'other.example.com', empty: true });
    https = await serveOverHttps(sandbox);
    workbench = await openWorkbench({
      settings: { 'http.proxy': https.proxyUrl },
      extraAuthority: https.certificate,
    });
    await workbench.users.open();
  });
  after(async () => {
    await workbench.close();
    await https.close();
    await sandbox.close();
    await other.close();
  });

  const lists = () => sandbox.control.requests.filter(({ path }) => path.startsWith('/api/v2/users?')).length;
  const patches = () => sandbox.control.requests.filter(({ method }) => method === 'PATCH').map(({ body }) => body);
  const document = (hobby: string) => `${JSON.stringify({ user_metadata: { hobby }, app_metadata: {} }, null, 2)}\n`;
  const says = (complaint: string) => workbench.quickInput.message.filter({ hasText: complaint }).waitFor();
  const asks = (title: string) => workbench.quickInput.title.filter({ hasText: title }).waitFor();
  const isRefused = async (answer: string, complaint: string) => {
    await workbench.quickInput.answer(answer);
    await says(complaint);
  };
  const describeIt = async (as: string) => {
    await asks(`Add ${DOMAIN} (1/2)`);
    await workbench.quickInput.answer('Our shop');
    await asks('(2/2)');
    await workbench.screenshot(`tenant for ${as}`);
    await workbench.quickInput.pick(as);
  };
  const chooseToken = async (domain: string) => {
    await asks('(1/3)');
    await workbench.quickInput.answer(domain);
    await asks('(2/3)');
    await workbench.quickInput.pick('Paste a token');
    await asks('(3/3)');
  };

  scenario('is asked for step by step; what cannot be a domain or a token is refused at once', async () => {
    await workbench.users.welcome.getByText('Add Tenant…').click();
    await asks('Add an Auth0 Tenant (1/3)');
    for (const [answer, complaint] of [
      ['', 'Required.'],
      ['acme', 'acme is only the name of a tenant'],
      [`${DOMAIN}:8443`, `Write ${DOMAIN}, without :8443.`],
      ['manage.auth0.com', 'This is the address of the dashboard'],
      ['127.0.0.1', 'A sandbox on this machine'],
    ] as const) {
      await isRefused(answer, complaint);
      // The complaint of the next one must be its own.
      await workbench.quickInput.type('x');
      await workbench.quickInput.message.filter({ hasText: 'as the Auth0 dashboard shows it' }).waitFor();
    }
    await isRefused(`http://${DOMAIN}`, `only reached over https. Write ${DOMAIN}`);
    await chooseToken(` https://${DOMAIN}/ `);
    await isRefused('two words', 'This is not a token');
    await isRefused(sandbox.mintToken({ expiresInS: -60 }), 'This token expired on');
    assert.equal(sandbox.control.requests.length, 0);
  });

  scenario('is added with a token that the service accepts', async () => {
    await isRefused(other.token, `${DOMAIN} does not accept this token`);
    await isRefused(sandbox.mintToken({ scope: 'update:users' }), 'Listing users needs the scope read:users');
    await workbench.screenshot('token-refused');
    sandbox.control.clearRequests();
    await workbench.quickInput.answer(sandbox.mintToken({ scope: 'read:users' }));
    await describeIt('Development');
    await workbench.users.row('jane.doe@example.com').waitFor();
    // One to try the token, one for the page.
    assert.equal(lists(), 2);
  });

  scenario('opens documents read-only for lack of an update scope, and says why', async () => {
    await workbench.users.click('jane.doe@example.com');
    await workbench.editor.waitForTab(TAB);
    await workbench.statusBarItem('readonly', READONLY).waitFor();
    await workbench.editor.focus();
    await workbench.page.keyboard.press('x');
    await workbench.page.locator('.monaco-editor-overlaymessage').waitFor();
    await workbench.screenshot('read-only');
    await workbench.editor.waitForClean(TAB);
    assert.equal(await workbench.editor.text(), document('surfing'));
  });

  scenario('signed in to again with another token, lets them be edited and saved', async () => {
    await workbench.statusBarItem('readonly', READONLY).click();
    await asks(`Sign In to ${DOMAIN} (1/2)`);
    await workbench.quickInput.pick('Paste a token');
    await asks('(2/2)');
    await workbench.quickInput.answer(sandbox.token);
    await workbench.statusBarItem('readonly', READONLY).waitFor({ state: 'hidden' });
    await workbench.editor.setText(document('chess'));
    await workbench.editor.save();
    await workbench.editor.waitForClean(TAB);
    assert.deepEqual(patches(), ['{"user_metadata":{"hobby":"chess"}}']);
  });

  scenario('removed, leaves unsaved text alone, which cannot be saved', async () => {
    await workbench.editor.setText(document('go'));
    await workbench.editor.waitForDirty(TAB);
    await workbench.users.chooseFromMenu('Our shop', 'Remove Tenant…');
    const { message, detail } = await workbench.dialog.read();
    await workbench.screenshot('remove-tenant');
    assert.equal(message, `Development · Our shop — Remove the tenant ${DOMAIN} from VS Code?`);
    assert.match(detail, /unsaved changes stay open/);
    await workbench.dialog.press('Remove and Erase Its Save History');
    await workbench.users.welcome.getByText('Add Tenant…').waitFor();
    sandbox.control.clearRequests();
    await workbench.editor.focus();
    await workbench.editor.save();
    await workbench.notification(`You are not signed in to ${DOMAIN}`).waitFor();
    await workbench.editor.waitForDirty(TAB);
    assert.equal(sandbox.control.requests.length, 0);
  });

  scenario('added again, takes the text; its erased history holds no earlier save', async () => {
    await workbench.runCommand('Auth0: Add Tenant…');
    await chooseToken(DOMAIN);
    await workbench.quickInput.answer(sandbox.token);
    await describeIt('Staging');
    await workbench.users.row('jane.doe@example.com').waitFor();
    await workbench.editor.focus();
    await workbench.editor.save();
    await workbench.editor.waitForClean(TAB);
    assert.deepEqual(patches(), ['{"user_metadata":{"hobby":"go"}}']);
    await workbench.runCommand('Auth0: Show Save History');
    await asks('Saves of jane.doe@example.com');
    await eventually(async () => assert.equal(await workbench.quickInput.rows.count(), 1));
    await workbench.quickInput.cancel();
  });
});
