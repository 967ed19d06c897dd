// A document in the background that VS Code has reloaded to the text of the one in front: it is the document's own text.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type Bench, bodies, connect, open, refresh, replace, untilShown } from '../support';

const JANE = 'auth0|jane';
const JOHN = 'auth0|john';

describe('a document that was reloaded to the text of the one in front', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await connect({
      users: [
        { user_id: JANE, email: 'jane@example.com', user_metadata: { n: 1 }, app_metadata: { plan: 'full' } },
        { user_id: JOHN, email: 'john@example.com', user_metadata: { n: 7 }, app_metadata: { plan: 'full' } },
      ],
    });
  });
  afterEach(() => bench.close());

  /** John's document holds what Jane's does from now on. */
  const makeEqual = () => bench.sandbox.control.set(JOHN, { user_metadata: { n: 1 }, app_metadata: { plan: 'full' } });

  it('under a second label, without a tab, and edited from behind: it is saved, without a question', async () => {
    const first = await open(bench, JANE);
    const path = first.uri.path.replace(/[^/]*$/, 'second.json');
    const other = await vscode.workspace.openTextDocument(first.uri.with({ path }));
    await replace(first, '"n": 1', '"n": 2');
    assert.equal(await first.save(), true);
    await untilShown(other, '"n": 2');
    await replace(other, '"full"', '"gold"');
    assert.equal(await other.save(), true);
    const sent = ['{"user_metadata":{"n":2}}', '{"app_metadata":{"plan":"gold"}}'];
    assert.deepEqual([bodies(bench, 'PATCH'), bench.asked], [sent, []]);
  });

  it('of another user who holds the same, opened again and edited from behind: it is saved', async () => {
    const john = await open(bench, JOHN);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    const jane = await open(bench, JANE);
    makeEqual();
    assert.equal(await open(bench, JOHN), john);
    await vscode.window.showTextDocument(jane, { preview: false });
    await replace(john, '"n": 1', '"n": 5');
    assert.equal(await john.save(), true);
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"user_metadata":{"n":5}}']);
  });

  it('of another user, refreshed to the same, with new formatting from behind: nothing is asked', async () => {
    const john = await open(bench, JOHN);
    await open(bench, JANE);
    makeEqual();
    await refresh(bench);
    await untilShown(john, '"n": 1');
    await replace(john, '"n": 1', '"n":   1');
    assert.equal(await john.save(), true);
    assert.deepEqual(bench.asked, []);
  });
});
