// Looks at the server that a save overtakes: their answer is older than what the save has made, and must not be shown.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activate, roundTrips } from './documentLife';
import { type Bench, connect, open, refresh, replace } from './support';

const ID = 'auth0|jane';

describe('a look at the server that a save overtakes', () => {
  let bench: Bench;
  let document: vscode.TextDocument;

  beforeEach(async () => {
    bench = await connect({ users: [{ user_id: ID, email: 'jane@example.com', user_metadata: { n: 1 } }] });
    document = await open(bench, ID);
  });

  afterEach(() => bench.close());

  const stored = () => bench.sandbox.control.user(ID)?.user_metadata;
  const shown = () => JSON.parse(document.getText()).user_metadata;

  /** Starts `look`, holds its answer back until `meanwhile` has ended, and waits for both. */
  async function overtaken(look: () => Thenable<unknown>, meanwhile: () => Promise<void>): Promise<void> {
    let answerNow: () => void = () => undefined;
    const held = new Promise<void>(resolve => {
      answerNow = resolve;
    });
    const asked = new Promise<void>(resolve => {
      const after = async () => {
        resolve();
        await held;
      };
      bench.sandbox.control.fail({ route: 'get', fault: { kind: 'hook', after } });
    });
    const looking = look();
    await asked;
    await meanwhile();
    answerNow();
    await looking;
    await roundTrips(5);
  }

  async function saved(from: string, to: string): Promise<void> {
    await replace(document, from, to);
    assert.equal(await document.save(), true);
  }

  it('a newer look that finds the old state again is what is shown once the text is given up', async () => {
    await replace(document, '"n": 1', '"n": 3');
    for (const n of [2, 1]) {
      bench.sandbox.control.set(ID, { user_metadata: { n } });
      await refresh(bench);
      await roundTrips(5);
    }
    await activate(document.uri);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await roundTrips(5);
    assert.deepEqual([shown(), stored()], [{ n: 1 }, { n: 1 }]);
  });

  const command = (name: string) => () => vscode.commands.executeCommand(`auth0Metadata.${name}`, document.uri);
  const opening = () => vscode.commands.executeCommand('auth0Metadata.openUser', { userId: ID, tenant: bench.tenant });

  it('Reload from Server shows what the save has made', async () => {
    await overtaken(command('reloadFromServer'), () => saved('"n": 1', '"n": 2'));
    assert.deepEqual([shown(), stored(), document.isDirty], [{ n: 2 }, { n: 2 }, false]);
  });

  it('opening a second time shows what the save has made', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await overtaken(opening, async () => {
      document = await open(bench, ID);
      await saved('"n": 1', '"n": 2');
    });
    assert.deepEqual([shown(), stored()], [{ n: 2 }, { n: 2 }]);
  });

  it('Show Unsaved Changes merges nothing that is older than the save', async () => {
    await replace(document, '"n": 1', '"n": 2');
    await overtaken(command('showChanges'), async () => assert.equal(await document.save(), true));
    assert.deepEqual([shown(), stored()], [{ n: 2 }, { n: 2 }]);
    assert.equal(await document.save(), true);
    assert.deepEqual([shown(), stored()], [{ n: 2 }, { n: 2 }]);
  });

  it('Undo Last Save takes back its save alone', async () => {
    await saved('"n": 1', '"n": 2');
    await overtaken(command('undoLastSave'), () => saved('"n": 2', '"n": 2, "m": 1'));
    assert.deepEqual(shown(), { n: 1, m: 1 });
    assert.equal(await document.save(), true);
    assert.deepEqual(stored(), { n: 1, m: 1 });
  });
});
