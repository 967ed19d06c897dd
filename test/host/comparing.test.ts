// Either side of a comparison as a whole: what was typed since it was opened is on one's own side.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type Bench, connect, open, replace, requests, untilCompared, untilShown } from './support';

const ID = 'auth0|jane';

describe('a comparison that was typed on', () => {
  let bench: Bench;
  let document: vscode.TextDocument;

  beforeEach(async () => {
    bench = await connect({
      users: [
        {
          user_id: ID,
          email: 'jane@example.com',
          user_metadata: { hobby: 'surfing', city: 'Rome' },
          app_metadata: { plan: 'full' },
        },
      ],
    });
    document = await open(bench, ID);
    await replace(document, '"surfing"', '"sailing"');
    bench.sandbox.control.set(ID, { user_metadata: { hobby: 'chess', city: 'Rome' } });
    await vscode.commands.executeCommand('auth0Metadata.showChanges', document.uri);
    await untilCompared();
    bench.sandbox.control.clearRequests();
  });

  afterEach(() => bench.close());

  const use = (side: 'useMine' | 'useTheirs') => vscode.commands.executeCommand(`auth0Metadata.${side}`, document.uri);
  const shown = () => {
    const { user_metadata, app_metadata } = JSON.parse(document.getText());
    return [user_metadata.hobby, user_metadata.city, app_metadata.plan];
  };

  it('Use Mine keeps it', async () => {
    await replace(document, '"full"', '"gold"');
    await use('useMine');
    assert.deepEqual(shown(), ['sailing', 'Rome', 'gold']);
  });

  it('Use Mine brings it back after Use Theirs', async () => {
    await replace(document, '"full"', '"gold"');
    await use('useTheirs');
    await untilShown(document, '"chess"');
    assert.deepEqual(shown(), ['chess', 'Rome', 'full']);
    await use('useMine');
    await untilShown(document, '"sailing"');
    assert.deepEqual(shown(), ['sailing', 'Rome', 'gold']);
  });

  it('what was typed on top of theirs is mine as well', async () => {
    await use('useTheirs');
    await untilShown(document, '"chess"');
    await replace(document, '"Rome"', '"Oslo"');
    await use('useMine');
    await untilShown(document, '"sailing"');
    assert.deepEqual(shown(), ['sailing', 'Oslo', 'full']);
    assert.deepEqual(requests(bench), []);
  });

  it('what was merged into the text since is theirs, on both sides: Use Theirs takes nobody’s change back', async () => {
    // A save gives the history something to undo; the comparison stays open.
    await replace(document, '"full"', '"gold"');
    bench.answers.push('Overwrite');
    assert.equal(await document.save(), true);
    await replace(document, '"Rome"', '"Oslo"');
    await vscode.commands.executeCommand('auth0Metadata.showChanges', document.uri);
    bench.sandbox.control.set(ID, { user_metadata: { hobby: 'sailing', city: 'Rome', since: 1999 } });
    // Brought up to date first, and the save's change is taken back in the text.
    await vscode.commands.executeCommand('auth0Metadata.undoLastSave', document.uri);
    await untilShown(document, '1999');
    await use('useTheirs');
    await untilShown(document, '"Rome"');
    const { user_metadata } = JSON.parse(document.getText());
    assert.deepEqual(user_metadata, { hobby: 'sailing', city: 'Rome', since: 1999 });
  });
});

describe('a comparison of a document without unsaved text', () => {
  let bench: Bench;

  before(async () => {
    bench = await connect({ users: [{ user_id: ID, email: 'jane@example.com', user_metadata: { a: 1, b: 1 } }] });
  });

  after(() => bench.close());

  it('shows what the server holds on both sides: old text is nobody’s change', async () => {
    const document = await open(bench, ID);
    bench.sandbox.control.set(ID, { user_metadata: { a: 1, b: 2 } });
    await vscode.commands.executeCommand('auth0Metadata.showChanges', document.uri);
    await vscode.commands.executeCommand('auth0Metadata.useMine', document.uri);
    assert.deepEqual([JSON.parse(document.getText()).user_metadata, document.isDirty], [{ a: 1, b: 2 }, false]);
    await replace(document, '"a": 1', '"a": 2');
    assert.equal(await document.save(), true);
    assert.deepEqual(bench.sandbox.control.user(ID)?.user_metadata, { a: 2, b: 2 });
  });
});
