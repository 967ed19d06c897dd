// Text that is typed into a document of production: a lock that falls meanwhile keeps it, and each save of it is confirmed.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';
import { type Bench, bodies, connect, open, replace, until, untilCompared } from '../support';

const ID = 'auth0|jane';

describe('typing on production', () => {
  let bench: Bench;

  beforeEach(async () => {
    const users = [{ user_id: ID, email: 'jane@example.com', user_metadata: { n: 1 } }];
    bench = await connect({ users }, undefined, { environment: 'production', readOnly: false });
  });

  afterEach(() => bench.close());

  const run = (command: string) => vscode.commands.executeCommand(`auth0Metadata.${command}`, { tenant: bench.tenant });

  // VS Code takes a few milliseconds to learn that a document is read-only.
  for (const afterMs of [0, 2, 4, 8, 16]) {
    it(`a lock ${afterMs} ms before a key: what is typed can be saved, or was not typed`, async () => {
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

  it('a save asks, and asks again after Show Changes', async () => {
    bench.answers.push('Unlock', 'Show Changes', 'Save');
    await run('unlockTenant');
    const document = await open(bench, ID);
    await replace(document, '"n": 1', '"n": 15');
    assert.equal(await document.save(), false);
    await untilCompared();
    assert.deepEqual(bodies(bench, 'PATCH'), []);
    assert.equal(await document.save(), true);
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"user_metadata":{"n":15}}']);
    const [, ...asked] = bench.asked.map(({ message }) => message);
    assert.equal(asked.length, 2);
    for (const message of asked) assert.match(message, /^PRODUCTION — Save the metadata of jane@example\.com/);
  });
});
