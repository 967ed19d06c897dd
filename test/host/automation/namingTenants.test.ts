// The contract for automation: a tenant that an argument names must be connected; without one, the only one is meant.
import assert from 'node:assert/strict';
import { type Command, commandNames } from '../../../src/shell/commandTable';
import { type Bench, open, requests } from '../support';
import { connectTwoUsers, disconnect, ID, PATH, run } from './bench';

/** What each command that takes `{tenant}` is called with beside it. `addTenant` names one that is not there yet. */
const TAKE_A_TENANT = {
  clearSaveHistory: {},
  clearSearch: {},
  editTenant: {},
  lockTenant: {},
  tenantMenu: {},
  unlockTenant: {},
  createUser: {
    connection: 'Username-Password-Authentication',
    email: 'new@example.com',
    password: 'Correct-Horse-7',
  },
  copyScopes: {},
  loadMore: {},
  openDashboard: {},
  openUser: { userId: ID },
  refresh: {},
  removeTenant: {},
  searchUsers: { query: 'jane' },
  showProfile: { userId: ID },
  showSaveHistory: { userId: ID },
  undoLastSave: { userId: ID },
  undoSave: { userId: ID },
  updateCredentials: {},
} as const satisfies Partial<Record<Command, object>>;
/** These are about a document, a row of the view, or what is selected in it. */
const TAKE_NONE = [
  ...['addTenant', 'choosePerPath', 'copyAsCurl', 'copyEmail', 'copyUserId', 'openSelected', 'previewPatch'],
  ...['reloadFromServer', 'retry', 'saveCopy', 'showChanges', 'showLog', 'showPatch', 'trySampleTenant'],
  ...['cancelWaiting', 'exportTenants', 'importTenants', 'useMine', 'useTheirs'],
];
const NOT_CONNECTED: readonly [what: string, name: unknown][] = [
  ['a tenant that is not connected', 'production.eu.auth0.com'],
  ['a misspelt one', 'host localhost'],
  ['an empty name', ''],
  ['what is no name', 7],
  ['null', null],
];

describe('automation', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await connectTwoUsers();
  });

  afterEach(() => disconnect(bench));

  it('every command is in one of the two lists', () => {
    assert.deepEqual(new Set([...Object.keys(TAKE_A_TENANT), ...TAKE_NONE]), new Set(commandNames()));
  });

  for (const [command, more] of Object.entries(TAKE_A_TENANT)) {
    it(`${command} refuses a tenant that is named and not connected, and never takes the only one there is`, async () => {
      const document = await open(bench, ID);
      const before = [bench.sandbox.control.user(ID), document.getText()];
      bench.sandbox.control.clearRequests();
      for (const [what, tenant] of NOT_CONNECTED) {
        await assert.rejects(async () => run(command, { ...more, tenant }), /^Error: .*“.*” is not connected\./, what);
      }
      assert.deepEqual([requests(bench), bench.asked], [[], []]);
      assert.deepEqual([bench.sandbox.control.user(ID), document.getText()], before);
      assert(await run('openUser', { userId: ID, tenant: bench.tenant }), 'the tenant is still there');
    });
  }

  it('an argument that names a tenant and no user is not about the document in front', async () => {
    await open(bench, ID);
    bench.sandbox.control.clearRequests();
    for (const command of ['showProfile', 'undoLastSave', 'undoSave']) {
      await assert.rejects(async () => run(command, { tenant: bench.tenant }), /names no user/, command);
      await assert.rejects(async () => run(command, { userId: '' }), /names no user/, command);
    }
    assert.deepEqual(requests(bench), []);
  });

  it('without a tenant, the only one is meant', async () => {
    assert(await run('openUser', { userId: ID }));
    assert.deepEqual(requests(bench), [`GET ${PATH} 200`]);
  });
});
