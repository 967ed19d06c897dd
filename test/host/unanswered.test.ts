// A save that got no answer and could not be read back may have been made: whatever the user does next, the editor ends up
// showing what the server holds.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activate, isDirty, roundTrips } from './documentLife';
import { type Bench, bodies, connect, open, refresh, replace, until, untilShown } from './support';

const ID = 'auth0|jane';

describe('a save that got no answer', () => {
  let bench: Bench;
  let document: vscode.TextDocument;

  beforeEach(async () => {
    bench = await connect({ users: [{ user_id: ID, email: 'jane@example.com', user_metadata: { n: 1 } }] });
    document = await open(bench, ID);
    await replace(document, '"n": 1', '"n": 2');
    const { control } = bench.sandbox;
    control.fail({ method: 'PATCH', fault: { kind: 'resetAfterApply' } });
    // The read of the save is answered, reading back is not.
    control.fail({ route: 'get', skip: 1, times: 10, fault: { kind: 'resetBeforeRead' } });
    assert.equal(await document.save(), false);
    control.clearFaults();
    control.clearRequests();
    assert.deepEqual([stored(), shown(), isDirty(document.uri)], [{ n: 2 }, { n: 2 }, true]);
  });

  afterEach(() => bench.close());

  const stored = () => bench.sandbox.control.user(ID)?.user_metadata;
  const shown = () => JSON.parse(document.getText()).user_metadata;

  async function command(name: string): Promise<void> {
    await activate(document.uri);
    await vscode.commands.executeCommand(name);
  }

  it('saved again, it is found to be made', async () => {
    assert.equal(await document.save(), true);
    assert.deepEqual([stored(), bodies(bench, 'PATCH'), bench.asked], [{ n: 2 }, [], []]);
  });

  for (const how of ['undo', 'workbench.action.files.revert']) {
    it(`given up by ${how}: the server is asked, and what it holds is shown`, async () => {
      const saved = untilShown(document, '"n": 1').then(() => untilShown(document, '"n": 2'));
      await command(how);
      await saved;
      assert.deepEqual([stored(), bodies(bench, 'PATCH')], [{ n: 2 }, []]);
      await until(vscode.window.tabGroups.onDidChangeTabs, 'it is clean', () => !isDirty(document.uri));
    });
  }

  it('found to be made by Refresh: it is in the history, whatever is written over it later', async () => {
    await refresh(bench);
    await roundTrips(5);
    bench.sandbox.control.set(ID, { user_metadata: { n: 7 } });
    await vscode.commands.executeCommand('auth0Metadata.undoLastSave', document.uri);
    // Else there would be nothing to undo, and no question.
    assert.match(bench.asked[0]?.message ?? '', /has changed again since/);
  });

  it('typed back and saved: the old value is sent', async () => {
    await replace(document, '"n": 2', '"n": 1');
    assert.equal(await document.save(), true);
    assert.deepEqual([stored(), shown(), bench.asked], [{ n: 1 }, { n: 1 }, []]);
  });

  it('typed on and saved: nobody else is said to have changed it', async () => {
    await replace(document, '"n": 2', '"n": 3');
    assert.equal(await document.save(), true);
    assert.deepEqual([stored(), shown(), bench.asked], [{ n: 3 }, { n: 3 }, []]);
  });
});
