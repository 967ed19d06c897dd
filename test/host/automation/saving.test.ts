// The contract for automation: documents are saved without a question where none is due, and `stat` costs no request.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type Bench, bodies, open, replace, requests, show } from '../support';
import { connectTwoUsers, disconnect, ID, PATH, run } from './bench';

describe('automation', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await connectTwoUsers();
  });

  afterEach(() => disconnect(bench));

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
