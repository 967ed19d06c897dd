// The contract for automation: commands with arguments ask nothing, and cost the requests that they must.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { startSandbox } from '../../src/sandbox/http/server';
import { type Command, commandNames } from '../../src/shell/commandTable';
import { type Bench, bodies, connect, open, replace, requests, show } from './support';

const ID = 'auth0|5f7c8ec7c33c6c004bbafe82';
const PATH = `/api/v2/users/${encodeURIComponent(ID)}`;

describe('automation', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await connect({
      users: [
        { user_id: ID, email: 'jane.doe@example.com', name: 'Jane Doe', user_metadata: { a: { x: 1 } } },
        { user_id: 'auth0|2', email: 'john@example.com', name: 'John Roe' },
      ],
    });
  });

  afterEach(async () => {
    // A view in sight would load the users of the tests that follow.
    await vscode.commands.executeCommand('workbench.view.explorer');
    await bench.close();
  });

  const run = <T = unknown>(command: string, argument?: object) =>
    vscode.commands.executeCommand<T>(`auth0Metadata.${command}`, argument);

  it('addTenant with a token costs no request and gives the domain; again, it changes nothing', async () => {
    assert.deepEqual(requests(bench), []);
    const { url, domain, token } = bench.sandbox;
    assert.equal(await run('addTenant', { url, domain, token }), domain);
    assert.deepEqual(bench.asked, []);
  });

  it('addTenant with client credentials fetches one token for all that follows', async () => {
    const { url, domain, clientId, clientSecret } = bench.sandbox;
    await run('addTenant', { url, domain, clientId, clientSecret });
    const document = await open(bench, ID);
    await replace(document, '"x": 1', '"x": 1, "y": 2');
    assert.equal(await document.save(), true);
    assert.deepEqual(requests(bench), [
      'POST /oauth/token 200',
      `GET ${PATH} 200`,
      `GET ${PATH} 200`,
      `PATCH ${PATH} 200`,
    ]);
  });

  it('addTenant refuses what is no tenant', async () => {
    const { token } = bench.sandbox;
    await assert.rejects(async () => run('addTenant', { domain: 'not a domain', token }), /domain/);
    await assert.rejects(async () => run('addTenant', { url: 'http://example.com', token }), /url/);
    await assert.rejects(async () => run('addTenant', { domain: 'acme.eu.auth0.com' }), /token/);
  });

  it('addTenant asks before a domain that is connected is connected elsewhere; Cancel leaves it where it is', async () => {
    const other = await startSandbox({ domain: bench.tenant, users: [{ user_id: ID, email: 'other@example.com' }] });
    const { url, token } = other;
    try {
      const move = async () => run('addTenant', { url, domain: bench.tenant, token });
      await assert.rejects(move, new RegExp(`stays there: ${bench.sandbox.url}`));
      const [question] = bench.asked;
      assert.match(question?.detail ?? '', new RegExp(`Now: ${bench.sandbox.url}\nFrom then on: ${url}\n`));
      await open(bench, ID);
      assert.deepEqual([other.control.requests.length, requests(bench).length], [0, 1]);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      bench.answers.push('Connect There');
      assert.equal(await move(), bench.tenant);
      assert.match((await run<vscode.Uri>('openUser', { userId: ID })).path, /other@example\.com/);
      assert.equal(requests(bench).length, 1, 'no token goes to the place that was left');
    } finally {
      await other.close();
    }
  });

  /** What each command that takes `{tenant}` is called with beside it. `addTenant` names one that is not there yet. */
  const TAKE_A_TENANT = {
    clearSaveHistory: {},
    clearSearch: {},
    createUser: {
      connection: 'Username-Password-Authentication',
      email: 'new@example.com',
      password: 'Correct-Horse-7',
    },
    loadMore: {},
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
    ...['reloadFromServer', 'retry', 'saveCopy', 'showChanges', 'showLog', 'showPatch', 'trySampleTenant', 'useMine'],
    'useTheirs',
  ];
  const NOT_CONNECTED: readonly [what: string, name: unknown][] = [
    ['a tenant that is not connected', 'production.eu.auth0.com'],
    ['a misspelt one', 'host localhost'],
    ['an empty name', ''],
    ['what is no name', 7],
    ['null', null],
  ];

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

  it('createUser sends one POST with the body as it is, and gives the document of the new user', async () => {
    const body = {
      connection: 'Username-Password-Authentication',
      email: 'new@example.com',
      password: 'Correct-Horse-7',
      user_metadata: { hobby: 'surfing' },
      app_metadata: { plan: 'full' },
    };
    const uri = await run<vscode.Uri>('createUser', { ...body, tenant: bench.tenant });
    assert.deepEqual(bodies(bench, 'POST'), [JSON.stringify(body)]);
    assert.deepEqual(requests(bench), ['POST /api/v2/users 201']);
    const document = await vscode.workspace.openTextDocument(uri);
    assert.deepEqual(JSON.parse(document.getText()), {
      user_metadata: { hobby: 'surfing' },
      app_metadata: { plan: 'full' },
    });
  });

  it('previewPatch computes the request without making one; undefined where there is none', async () => {
    const document = await open(bench, ID);
    assert.equal(await run('previewPatch', document.uri), undefined);
    await show(document, { user_metadata: { a: { x: 1 }, b: 2 }, app_metadata: {} });
    bench.sandbox.control.clearRequests();
    const preview = await run('previewPatch', document.uri);
    assert.deepEqual(preview, { method: 'PATCH', url: bench.sandbox.url + PATH, body: '{"user_metadata":{"b":2}}' });
    assert.deepEqual(await run('previewPatch'), preview, 'without an argument: of the document in front');
    assert.deepEqual(requests(bench), []);
  });

  it('a list page is one request, made when the view is first seen; refresh is one more', async () => {
    const first = new Promise<void>(resolve => {
      bench.sandbox.control.fail({ route: 'list', fault: { kind: 'hook', after: () => resolve() } });
    });
    await run('users.focus');
    await first;
    assert.deepEqual(requests(bench).length, 1);
    bench.sandbox.control.clearRequests();
    await run('refresh');
    assert.deepEqual(requests(bench), ['GET /api/v2/users 200']);
  });

  it('searchUsers asks the service, by the shortest way', async () => {
    await run('users.focus');
    bench.sandbox.control.clearRequests();
    await run('searchUsers', { query: 'jane.doe@example.com', tenant: bench.tenant });
    // Both at once: the one minds the case of letters, the other finds all and may lag behind.
    assert.deepEqual(new Set(requests(bench)), new Set(['GET /api/v2/users 200', 'GET /api/v2/users-by-email 200']));
    bench.sandbox.control.clearRequests();
    await run('searchUsers', { query: 'name:john*', tenant: bench.tenant });
    assert.deepEqual(requests(bench), ['GET /api/v2/users 200']);
    await run('clearSearch', { tenant: bench.tenant });
  });

  const WRONG: readonly [command: string, argument: unknown, sentence: RegExp][] = [
    ['previewPatch', {}, /must be the Uri of a document/],
    ['previewPatch', 5, /must be the Uri of a document/],
    ['reloadFromServer', { scheme: 5 }, /must be the Uri of a document/],
    ['openUser', { userId: 5 }, /`userId` is not the id of a user/],
    ['openUser', { userId: '' }, /`userId` is not the id of a user/],
    ['searchUsers', { query: 5 }, /`query` must be a text/],
    ['createUser', { connection: 'x', user_metadata: { a: null } }, /Auth0 cannot store null here/],
    ['createUser', { connection: 'x', user_metadata: { a: Number.NaN } }, /not JSON/],
    ['createUser', { connection: 'x', user_metadata: { a: { b: [undefined] } } }, /not JSON/],
    ['createUser', { connection: 'x', user_metadata: { a: '\ud800' } }, /surrogate/],
  ];
  for (const [command, argument, sentence] of WRONG) {
    it(`${command} refuses ${JSON.stringify(argument)}, and asks the service nothing`, async () => {
      bench.sandbox.control.clearRequests();
      const arg = typeof argument === 'object' ? { ...argument, tenant: bench.tenant } : argument;
      await assert.rejects(async () => run(command, arg), sentence);
      assert.deepEqual(requests(bench), []);
    });
  }

  it('with confirmSave: never, and no conflict, a save asks nothing', async () => {
    const settings = vscode.workspace.getConfiguration('auth0Metadata');
    await settings.update('confirmSave', 'never', vscode.ConfigurationTarget.Global);
    try {
      const document = await open(bench, ID);
      await show(document, { user_metadata: {}, app_metadata: {} });
      assert.equal(await document.save(), true);
      assert.deepEqual([bench.asked, bodies(bench, 'PATCH')], [[], ['{"user_metadata":{"a":null}}']]);
    } finally {
      await settings.update('confirmSave', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('a save whose outcome nobody knew is in the history once the server shows it, and is undone like any other', async () => {
    const document = await open(bench, ID);
    await replace(document, '"x": 1', '"x": 1, "y": 2');
    bench.sandbox.control.fail({ route: 'patch', fault: { kind: 'resetAfterApply' } });
    // The GET of the save passes, the one that reads back does not, however often it is tried.
    bench.sandbox.control.fail({ route: 'get', skip: 1, times: 20, fault: { kind: 'resetBeforeRead' } });
    assert.equal(await document.save(), false);
    bench.sandbox.control.clearFaults();
    bench.sandbox.control.clearRequests();
    await run('undoLastSave', document.uri);
    assert.deepEqual(JSON.parse(document.getText()), { user_metadata: { a: { x: 1 } }, app_metadata: {} });
    assert.deepEqual(requests(bench), [`GET ${PATH} 200`, `GET ${PATH} 200`]);
    bench.answers.push('Save');
    assert.equal(await document.save(), true);
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"user_metadata":{"a":{"x":1}}}']);
    assert.deepEqual(bench.sandbox.control.user(ID)?.user_metadata, { a: { x: 1 } });
  });

  it('stat never calls the network', async () => {
    const uri = vscode.Uri.from({ scheme: 'auth0-user', authority: bench.tenant, path: `/users/${ID}/jane.json` });
    for (let i = 0; i < 3; i++) await vscode.workspace.fs.stat(uri);
    assert.deepEqual(requests(bench), []);
  });

  it('a document under a stale label still opens, and saves to the same user', async () => {
    const uri = vscode.Uri.from({
      scheme: 'auth0-user',
      authority: bench.tenant,
      path: `/users/${ID}/former.name.json`,
    });
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    await replace(document, '"x": 1', '"x": 1, "y": 2');
    assert.equal(await document.save(), true);
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"user_metadata":{"a":{"x":1,"y":2}}}']);
    assert.equal((await open(bench, ID)).uri.toString(), uri.toString(), 'a user is never open under two URIs');
  });
});
