// The contract for automation: commands with arguments ask nothing, and cost the requests that they must.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type Bench, bodies, open, requests, show } from '../support';
import { connectTwoUsers, disconnect, ID, PATH, run } from './bench';

const WRONG: readonly [command: string, argument: unknown, sentence: RegExp][] = [
  ['previewPatch', {}, /must be the Uri of a document/],
  ['previewPatch', 5, /must be the Uri of a document/],
  ['reloadFromServer', { scheme: 5 }, /must be the Uri of a document/],
  ['openUser', { userId: 5 }, /`userId` is not the ID of a user/],
  ['openUser', { userId: '' }, /`userId` is not the ID of a user/],
  ['searchUsers', { query: 5 }, /`query` must be a text/],
  ['createUser', { connection: 'x', user_metadata: { a: null } }, /Auth0 cannot store null here/],
  ['createUser', { connection: 'x', user_metadata: { a: Number.NaN } }, /not JSON/],
  ['createUser', { connection: 'x', user_metadata: { a: { b: [undefined] } } }, /not JSON/],
  ['createUser', { connection: 'x', user_metadata: { a: '\ud800' } }, /surrogate/],
];

describe('automation', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await connectTwoUsers();
  });

  afterEach(() => disconnect(bench));

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

  for (const [command, argument, sentence] of WRONG) {
    it(`${command} refuses ${JSON.stringify(argument)}, and asks the service nothing`, async () => {
      bench.sandbox.control.clearRequests();
      const arg = typeof argument === 'object' ? { ...argument, tenant: bench.tenant } : argument;
      await assert.rejects(async () => run(command, arg), sentence);
      assert.deepEqual(requests(bench), []);
    });
  }
});
