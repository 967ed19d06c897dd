// The sidebar: a newcomer's welcome, the sample tenant, pages, reading without opening, searching.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { type Sandbox, startSandbox } from '../../src/sandbox/http/server';
import { eventually } from './eventually';
import { openWorkbench, scenario } from './harness';
import type { Workbench } from './workbench';

/** Of users in sight, below the rows that stick to the top. */
const CLICKS = 8;

describe('a newcomer', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench();
  });
  after(() => workbench.close());

  scenario('is welcomed, and tries the sample tenant', async () => {
    await workbench.users.open();
    await workbench.users.welcome.getByText('Try the Sample Tenant').waitFor();
    await workbench.screenshot('welcome');
    await workbench.users.welcome.getByText('Try the Sample Tenant').click();
    await eventually(async () => assert((await workbench.users.rows.count()) > 10));
    await workbench.screenshot('sample-tenant');
  });
});

describe('the users of a tenant', () => {
  let sandbox: Sandbox;
  let workbench: Workbench;
  before(async () => {
    sandbox = await startSandbox({ count: 120 });
    sandbox.control.put({
      user_id: 'auth0|jane',
      email: 'jane.doe@example.com',
      name: 'Jane Doe',
      identities: [
        { connection: 'Username-Password-Authentication', user_id: 'jane', provider: 'auth0', isSocial: false },
      ],
      created_at: '2030-01-01T00:00:00.000Z',
      updated_at: '2030-01-01T00:00:00.000Z',
      user_metadata: { addresses: { home: '123 Main Street' }, hobby: 'surfing' },
    });
    workbench = await openWorkbench({ tenant: sandbox });
    await workbench.users.open();
    await eventually(async () => assert((await workbench.users.rows.count()) > 10));
  });
  after(async () => {
    await workbench.close();
    await sandbox.close();
  });

  const lists = () => sandbox.control.requests.filter(({ path }) => path.startsWith('/api/v2/users?')).length;

  scenario('come by page: one request a page', async () => {
    assert.equal(lists(), 1);
    await workbench.users.scrollTo('Load more…');
    await workbench.users.click('Load more…');
    await eventually(() => assert.equal(lists(), 2));
  });

  scenario(
    'clicked one after the other while they wait for the rate limit: the last one is shown, and nothing is said',
    async () => {
      const labels = (await workbench.users.labels()).slice(3, 3 + CLICKS);
      const answer = { status: 429, body: '{}', headers: { 'retry-after': '2', 'content-type': 'application/json' } };
      sandbox.control.fail({ route: 'get', fault: { kind: 'answer', answer } });
      sandbox.control.clearRequests();
      for (const label of labels) await workbench.users.click(label);
      const opened = () => sandbox.control.requests.filter(({ status }) => status === 200).length;
      await eventually(() => assert.equal(opened(), CLICKS));
      const [email = ''] = ((await workbench.users.description(labels.at(-1) ?? '').textContent()) ?? '')
        .trim()
        .split(' ');
      await workbench.page.locator('.tab.active', { hasText: email }).waitFor();
      await workbench.screenshot('clicked-quickly');
      assert.equal(await workbench.page.locator('.notifications-toasts .notification-list-item').count(), 0);
    },
  );

  scenario('are found by words, by the service, and the filter can be cleared', async () => {
    await workbench.runCommand('Auth0: Search Users…');
    await workbench.quickInput.answer('jane.doe@example.com');
    await workbench.users.row('Jane Doe').waitFor();
    await workbench.screenshot('search');
    await eventually(async () => assert.deepEqual(await workbench.users.labels(), [sandbox.domain, 'Jane Doe']));
  });

  scenario('show their metadata without being opened, and a key leads to its place in the document', async () => {
    sandbox.control.clearRequests();
    await workbench.users.expand('Jane Doe');
    await workbench.users.expand('user_metadata');
    await workbench.users.expand('addresses');
    await workbench.users.row('home').waitFor();
    await workbench.screenshot('expanded');
    assert.equal(sandbox.control.requests.length, 1);
    await workbench.users.click('home');
    await workbench.editor.waitForTab('jane.doe@example.com.json');
    await workbench.page.locator('.statusbar-item', { hasText: 'Ln 4,' }).waitFor();
  });

  scenario('come back when the search is cleared', async () => {
    await workbench.runCommand('Auth0: Clear Search');
    await eventually(async () => assert((await workbench.users.rows.count()) > 10));
  });
});
