// A lock that falls while somebody types: the text is kept, and a save asks to unlock and goes on, as with any unsaved text.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';
import { type Bench, bodies, connect, open, until } from '../support';

const ID = 'auth0|jane';

describe('a lock that falls while somebody types', () => {
  let bench: Bench;

  beforeEach(async () => {
    const users = [{ user_id: ID, email: 'jane@example.com', user_metadata: { n: 1 } }];
    bench = await connect({ users }, undefined, { environment: 'production', readOnly: false });
  });

  afterEach(() => bench.close());

  const run = (command: string) => vscode.commands.executeCommand(`auth0Metadata.${command}`, { tenant: bench.tenant });

  // VS Code takes a few milliseconds to learn that a document is read-only.
  for (const afterMs of [0, 2, 4, 8, 16]) {
    it(`${afterMs} ms before a key: what is typed can be saved, or was not typed`, async () => {
      const document = await open(bench, ID);
      const editor = await vscode.window.showTextDocument(document);
      bench.answers.push('Unlock');
      await run('unlockTenant');
      await pause(200);
      const at = document.positionAt(document.getText().indexOf('"n": 1') + '"n": 1'.length);
      editor.selection = new vscode.Selection(at, at);
      const locking = run('lockTenant');
      await pause(afterMs);
      await vscode.commands.executeCommand('type', { text: '5' });
      await locking;
      await pause(300);
      if (!document.getText().includes('15')) return assert.equal(document.isDirty, false);
      bench.answers.push('Unlock', 'Save');
      await vscode.commands.executeCommand('workbench.action.files.save');
      await until(vscode.workspace.onDidSaveTextDocument, 'it is saved', () => !document.isDirty);
      assert.deepEqual(bodies(bench, 'PATCH'), ['{"user_metadata":{"n":15}}']);
    });
  }
});
