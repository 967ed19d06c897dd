// Opening a user: one request, one document, and read-only where the token may not update.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type Bench, connect, open, requests, show, until } from '../support';
import { connectJane, ID, PATH, storedIn } from './bench';

describe('editing a user', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await connectJane();
  });

  afterEach(() => bench.close());

  const stored = () => storedIn(bench);

  it('opens with one request, as JSON of our language, under a name a person knows', async () => {
    const document = await open(bench, ID);
    assert.equal(document.getText(), `${JSON.stringify(stored(), null, 2)}\n`);
    assert.equal(document.languageId, 'auth0-metadata');
    assert.equal(document.uri.toString(true), `auth0-user://${bench.tenant}/users/${ID}/jane.doe@example.com.json`);
    assert.deepEqual(requests(bench), [`GET ${PATH} 200`]);
  });

  it('opens a user once: a second time shows the open document, without a request', async () => {
    const document = await open(bench, ID);
    assert.equal(await open(bench, ID), document);
    assert.equal(vscode.window.tabGroups.all.flatMap(group => group.tabs).length, 1);
    assert.equal(requests(bench).length, 1);
  });

  it('opens ids with every odd character, and ids without a bar in our language', async () => {
    const odd = await open(bench, 'auth0|a/b#c%3A');
    assert.deepEqual(JSON.parse(odd.getText()), { user_metadata: {}, app_metadata: {} });
    const plain = await open(bench, 'plain');
    await until(vscode.workspace.onDidOpenTextDocument, 'the language is set', () =>
      vscode.workspace.textDocuments.some(
        ({ uri, languageId }) => uri.toString() === plain.uri.toString() && languageId === 'auth0-metadata',
      ),
    );
  });
});

describe('a token that may not update', () => {
  it('opens documents read-only', async () => {
    const bench = await connect({ users: [{ user_id: ID, email: 'jane@example.com' }] }, sandbox =>
      sandbox.mintToken({ scope: 'read:users' }),
    );
    try {
      const document = await open(bench, ID);
      const stat = await vscode.workspace.fs.stat(document.uri);
      assert.equal(stat.permissions, vscode.FilePermission.Readonly);
      const { url, domain, token } = bench.sandbox;
      await vscode.commands.executeCommand('auth0Metadata.addTenant', { url, domain, token });
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      const writable = await open(bench, ID);
      await show(writable, { user_metadata: { hobby: 'surfing' }, app_metadata: {} });
      assert.equal(await writable.save(), true, 'after signing in with another token it can be saved');
    } finally {
      await bench.close();
    }
  });
});
