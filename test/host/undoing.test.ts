// Undo after a reload, a merge or a revert: it takes back what the user sees, and never what somebody else wrote.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { isDirty } from './documentLife';
import { type Bench, bodies, connect, open, replace, untilShown } from './support';

const ID = 'auth0|jane';

describe('undoing in a user’s document', () => {
  let bench: Bench;
  let document: vscode.TextDocument;

  beforeEach(async () => {
    bench = await connect({
      users: [
        { user_id: ID, email: 'jane@example.com', user_metadata: { hobby: 'surfing' }, app_metadata: { plan: 'full' } },
      ],
    });
    document = await open(bench, ID);
  });

  afterEach(() => bench.close());

  const stored = () => {
    const user = bench.sandbox.control.user(ID);
    return { user_metadata: user?.user_metadata, app_metadata: user?.app_metadata };
  };
  const somebodySets = (plan: string) => bench.sandbox.control.set(ID, { app_metadata: { plan } });

  async function press(command: 'undo' | 'redo', untilText: string): Promise<void> {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand(command);
    await untilShown(document, untilText);
  }

  async function savedWithTheirs(): Promise<void> {
    somebodySets('gold');
    await replace(document, '"surfing"', '"sailing"');
    assert.equal(await document.save(), true);
    await untilShown(document, '"gold"');
    bench.sandbox.control.clearRequests();
  }

  /** Something is typed while a save is under way, and then all of it is undone, what was saved as well. */
  async function undonePastSave(): Promise<void> {
    await replace(document, '"surfing"', '"sailing"');
    let typing: Promise<void> | undefined;
    const before = () => {
      typing = replace(document, '"sailing"', '"rowing"');
    };
    bench.sandbox.control.fail({ route: 'get', fault: { kind: 'hook', before } });
    await document.save();
    await typing;
    await press('undo', '"sailing"');
    await press('undo', '"surfing"');
  }

  it('of the reload after a save: the next save leaves their change alone, and shows it again', async () => {
    await savedWithTheirs();
    await press('undo', '"full"');
    await replace(document, '"sailing"', '"rowing"');
    assert.equal(await document.save(), true);
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"user_metadata":{"hobby":"rowing"}}']);
    assert.deepEqual(stored(), { user_metadata: { hobby: 'rowing' }, app_metadata: { plan: 'gold' } });
    await untilShown(document, '"gold"');
    assert.deepEqual(bench.asked, []);
  });

  it('of the reload and of one’s own change: only the own one is taken back on the server', async () => {
    await savedWithTheirs();
    await press('undo', '"full"');
    await press('undo', '"surfing"');
    assert.equal(await document.save(), true);
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"user_metadata":{"hobby":"surfing"}}']);
    assert.deepEqual(stored(), { user_metadata: { hobby: 'surfing' }, app_metadata: { plan: 'gold' } });
  });

  it('of the reload, with a look at the file while text was unsaved in between: their change is left alone', async () => {
    await savedWithTheirs();
    await replace(document, '"sailing"', '"rowing"');
    await vscode.workspace.fs.readFile(document.uri);
    await press('undo', '"sailing"');
    await press('undo', '"full"');
    await replace(document, '"sailing"', '"rowing"');
    assert.equal(await document.save(), true);
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"user_metadata":{"hobby":"rowing"}}']);
    assert.deepEqual(stored(), { user_metadata: { hobby: 'rowing' }, app_metadata: { plan: 'gold' } });
  });

  it('and redone: nothing is left to send', async () => {
    await savedWithTheirs();
    await press('undo', '"full"');
    await press('redo', '"gold"');
    assert.equal(await document.save(), true);
    assert.deepEqual(bodies(bench, 'PATCH'), []);
    await replace(document, '"gold"', '"vip"');
    assert.equal(await document.save(), true);
    assert.deepEqual(stored().app_metadata, { plan: 'vip' });
  });

  it('of a merge: their change is kept by the next save', async () => {
    await replace(document, '"surfing"', '"sailing"');
    somebodySets('gold');
    await vscode.commands.executeCommand('auth0Metadata.showChanges', document.uri);
    await untilShown(document, '"gold"');
    await press('undo', '"full"');
    assert.equal(await document.save(), true);
    assert.deepEqual(stored(), { user_metadata: { hobby: 'sailing' }, app_metadata: { plan: 'gold' } });
  });

  it('of a merge that was saved since: their change is kept by the next save', async () => {
    await replace(document, '"surfing"', '"sailing"');
    somebodySets('gold');
    await vscode.commands.executeCommand('auth0Metadata.showChanges', document.uri);
    await untilShown(document, '"gold"');
    assert.equal(await document.save(), true);
    bench.sandbox.control.clearRequests();
    await press('undo', '"full"');
    await replace(document, '"sailing"', '"rowing"');
    assert.equal(await document.save(), true);
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"user_metadata":{"hobby":"rowing"}}']);
    assert.deepEqual(stored(), { user_metadata: { hobby: 'rowing' }, app_metadata: { plan: 'gold' } });
  });

  it('of the reload after Take Theirs: one’s own value is unsaved again, and is asked about again', async () => {
    somebodySets('gold');
    await replace(document, '"full"', '"vip"');
    bench.answers.push('Take Theirs');
    assert.equal(await document.save(), true);
    await untilShown(document, '"gold"');
    await press('undo', '"vip"');
    bench.answers.push('Overwrite');
    assert.equal(await document.save(), true);
    assert.equal(bench.asked.length, 2);
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"app_metadata":{"plan":"vip"}}']);
    assert.deepEqual(
      [stored().app_metadata, JSON.parse(document.getText()).app_metadata],
      [{ plan: 'vip' }, { plan: 'vip' }],
    );
  });

  it('of what was typed during a save, and what that save has saved: never called saved when it is not', async () => {
    await undonePastSave();
    // VS Code takes that for saved: it did not take note of the save, as there was more to save at its end.
    await untilShown(document, '"sailing"');
    assert.deepEqual([isDirty(document.uri), bodies(bench, 'PATCH').length], [false, 1]);
    await press('undo', '"surfing"');
    assert.equal(isDirty(document.uri), true);
    assert.equal(await document.save(), true);
    assert.deepEqual(stored().user_metadata, { hobby: 'surfing' });
    assert.deepEqual(bench.asked, []);
  });

  it('past what a save has saved while something was typed, and redone at once: the typed text is there again', async () => {
    await undonePastSave();
    await press('redo', '"sailing"');
    await press('redo', '"rowing"');
  });

  it('of a reload that brings other line ends: their change is left alone', async () => {
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit(builder => builder.setEndOfLine(vscode.EndOfLine.CRLF));
    assert.equal(await document.save(), true);
    somebodySets('gold');
    await vscode.commands.executeCommand('auth0Metadata.refresh');
    await untilShown(document, '"gold"');
    await press('undo', '"full"');
    assert.match(document.getText(), /\r\n/);
    bench.sandbox.control.clearRequests();
    await replace(document, '"surfing"', '"rowing"');
    assert.equal(await document.save(), true);
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"user_metadata":{"hobby":"rowing"}}']);
    assert.deepEqual(stored(), { user_metadata: { hobby: 'rowing' }, app_metadata: { plan: 'gold' } });
  });

  it('a value of theirs that is typed over and not undone is sent', async () => {
    await savedWithTheirs();
    await replace(document, '"gold"', '"full"');
    assert.equal(await document.save(), true);
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"app_metadata":{"plan":"full"}}']);
    assert.deepEqual(stored().app_metadata, { plan: 'full' });
  });
});
