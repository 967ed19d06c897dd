// Solving conflicts side by side, and hearing of other people's changes while typing.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { type Sandbox, startSandbox } from '../../src/sandbox/http/server';
import { eventually } from './eventually';
import { openWorkbench, scenario } from './harness';
import type { Workbench } from './workbench';

const ID = 'auth0|5f7c8ec7c33c6c004bbafe82';
const TAB = 'jane.doe@example.com.json';
const COMPARISON = 'Server ↔ jane.doe@example.com';

describe('a comparison', () => {
  let sandbox: Sandbox;
  let workbench: Workbench;
  before(async () => {
    sandbox = await startSandbox({
      recordBodies: true,
      users: [
        { user_id: ID, email: 'jane.doe@example.com', user_metadata: { hobby: 'surfing', addresses: { home: 'Old' } } },
      ],
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
  const serverHolds = (userMetadata: { readonly [key: string]: string | number | { readonly home: string } }) =>
    sandbox.control.set(ID, { user_metadata: userMetadata });
  const document = (userMetadata: object) =>
    `${JSON.stringify({ user_metadata: userMetadata, app_metadata: {} }, null, 2)}\n`;
  const shows = (userMetadata: object) =>
    eventually(async () => assert.deepEqual(JSON.parse(await workbench.editor.text()).user_metadata, userMetadata));
  const leftHas = (text: string) =>
    eventually(async () => assert((await workbench.diff.original()).some(line => line.includes(text))));
  const save = async () => {
    await workbench.editor.focus();
    await workbench.editor.save();
  };
  const backToDocument = async () => {
    await workbench.users.click('jane.doe@example.com');
    await workbench.editor.waitForTab(TAB);
  };

  scenario('lets each path be chosen, with both values and the one before', async () => {
    serverHolds({ hobby: 'chess', addresses: { home: 'Theirs' }, since: 2020 });
    await workbench.editor.setText(document({ hobby: 'rowing', addresses: { home: 'Mine' } }));
    await save();
    await workbench.dialog.press('Compare');
    await workbench.diff.waitFor();
    await leftHas('"chess"');
    sandbox.control.clearRequests();
    await workbench.runCommand('Auth0: Choose for Each Path…');
    const home = workbench.quickInput.row('user_metadata.addresses.home');
    await home.waitFor();
    await workbench.screenshot('choose-per-path');
    const text = (await home.textContent()) ?? '';
    assert.match(text, /yours: "Mine"/);
    assert.match(text, /server: "Theirs" \(was "Old"\)/);
    await home.click();
    await workbench.page.keyboard.press('Enter');
    await shows({ hobby: 'rowing', addresses: { home: 'Theirs' }, since: 2020 });
    assert.equal(sandbox.control.requests.length, 0);
  });

  scenario('is asked about again if the server has moved once more', async () => {
    serverHolds({ hobby: 'go', addresses: { home: 'Theirs' }, since: 2020 });
    await save();
    const { detail } = await workbench.dialog.read();
    assert.match(detail, /user_metadata\.hobby[\s\S]*yours: "rowing"[\s\S]*server: "go"/);
    await workbench.dialog.press('Compare');
    await leftHas('"go"');
    assert.deepEqual(patches(), []);
    await eventually(async () => assert.equal(await workbench.editor.tab(COMPARISON).count(), 1));
  });

  scenario('saves against the state that was shown, and shows the new one', async () => {
    await save();
    await workbench.editor.waitForClean(COMPARISON);
    assert.deepEqual(patches(), ['{"user_metadata":{"hobby":"rowing"}}']);
    assert.deepEqual(stored(), { hobby: 'rowing', addresses: { home: 'Theirs' }, since: 2020 });
    await leftHas('"rowing"');
  });

  scenario('takes theirs as a whole, and then there is nothing to send', async () => {
    await backToDocument();
    serverHolds({ hobby: 'judo', addresses: { home: 'Theirs' } });
    sandbox.control.clearRequests();
    await workbench.editor.setText(document({ hobby: 'sailing', addresses: { home: 'Theirs' }, since: 2020 }));
    await save();
    await workbench.dialog.press('Compare');
    await leftHas('"judo"');
    await workbench.editor.pressTitleAction('Use Theirs');
    await shows({ hobby: 'judo', addresses: { home: 'Theirs' } });
    await save();
    await workbench.editor.waitForClean(COMPARISON);
    assert.deepEqual(patches(), []);
  });

  scenario('keeps what was typed since it was opened, path by path', async () => {
    await backToDocument();
    serverHolds({ hobby: 'darts', addresses: { home: 'Theirs' } });
    await workbench.editor.setText(document({ hobby: 'polo', addresses: { home: 'Theirs' } }));
    await save();
    await workbench.dialog.press('Compare');
    await leftHas('"darts"');
    await workbench.editor.setText(document({ hobby: 'polo', addresses: { home: 'Typed since' } }));
    await workbench.runCommand('Auth0: Choose for Each Path…');
    const hobby = workbench.quickInput.row('user_metadata.hobby');
    await hobby.waitFor();
    assert.match((await workbench.quickInput.row('user_metadata.addresses.home').textContent()) ?? '', /Typed since/);
    await hobby.click();
    await workbench.page.keyboard.press('Enter');
    await shows({ hobby: 'darts', addresses: { home: 'Typed since' } });
    await workbench.runCommand('File: Revert File');
    await workbench.editor.waitForClean(COMPARISON);
  });

  scenario('a refresh tells a dirty document that the server has moved; Merge Now keeps both', async () => {
    await backToDocument();
    await workbench.editor.setText(document({ hobby: 'judo', addresses: { home: 'Theirs' }, mine: 1 }));
    serverHolds({ hobby: 'judo', addresses: { home: 'Theirs' }, since: 2021 });
    sandbox.control.login(ID);
    await workbench.runCommand('Auth0: Refresh Users');
    const notice = workbench.notification('was changed by somebody else while you are editing');
    await notice.waitFor();
    await workbench.screenshot('changed-while-editing');
    await notice.getByRole('button', { name: 'Merge Now' }).click();
    await shows({ hobby: 'judo', addresses: { home: 'Theirs' }, mine: 1, since: 2021 });
    sandbox.control.clearRequests();
    await save();
    await workbench.editor.waitForClean(TAB);
    assert.deepEqual(patches(), ['{"user_metadata":{"mine":1}}']);
  });

  scenario('a refresh shows a clean document what the server holds', async () => {
    serverHolds({ hobby: 'curling' });
    await workbench.runCommand('Auth0: Refresh Users');
    await shows({ hobby: 'curling' });
    await workbench.editor.waitForClean(TAB);
  });
});
