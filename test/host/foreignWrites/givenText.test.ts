// Documents that are given a text without being typed into, as Save As does: sent only where it is clear whose it is.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, discardAll } from '../documentLife';
import { draftOf } from '../drafts';
import { type Bench, bodies, open, replace, requests, show, type, until } from '../support';
import { connectJaneAndJohn, hasTab, JANE, JOHN } from './bench';

describe('a write that is not Save', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await connectJaneAndJohn();
  });

  afterEach(() => bench.close());

  const stored = (id = JANE) => bench.sandbox.control.user(id)?.user_metadata;

  for (const pace of ['at once', 'so slowly that VS Code gives the unsaved text a tab', 'formatted on its way']) {
    it(`saved without a tab, as Save As writes to the address of another user, ${pace}: refused, nothing is sent`, async () => {
      const jane = await open(bench, JANE);
      await show(jane, { user_metadata: { n: 2, secret: 'jane’s' }, app_metadata: { plan: 'full' } });
      const path = `/users/${JOHN}/copy.json`;
      const john = await vscode.workspace.openTextDocument(jane.uri.with({ path }));
      bench.sandbox.control.clearRequests();
      await type(john, jane.getText());
      if (pace.startsWith('so slowly')) {
        await until(vscode.window.tabGroups.onDidChangeTabs, 'it has a tab', () => hasTab(john.uri));
      }
      const formatting = vscode.workspace.onWillSaveTextDocument(event => {
        const isIt = pace.startsWith('formatted') && event.document === john;
        if (isIt) event.waitUntil(Promise.resolve([vscode.TextEdit.insert(new vscode.Position(0, 0), '\n')]));
      });
      assert.equal(await john.save(), false);
      formatting.dispose();
      assert.deepEqual([requests(bench), bench.asked, stored(JOHN)], [[], [], { n: 7 }]);
      await until(vscode.workspace.onDidSaveTextDocument, 'john’s document is his again', () => !john.isDirty);
      assert.deepEqual(JSON.parse(john.getText()).user_metadata, { n: 7 });
      assert.equal(await jane.save(), true, 'jane’s own text is saved as ever');
      assert.deepEqual([bodies(bench, 'PATCH').length, stored(JOHN)], [1, { n: 7 }]);
    });
  }

  it('saved by another extension without a tab: that is Save, as the README says', async () => {
    const jane = await open(bench, JANE);
    await closeAll();
    const document = await vscode.workspace.openTextDocument(jane.uri);
    await replace(document, '"n": 1', '"n": 2');
    assert.equal(await document.save(), true);
    assert.deepEqual([stored(JANE), JSON.parse(document.getText()).user_metadata], [{ n: 2 }, { n: 2 }]);
  });

  it('a draft that is given the text of the one in front, as by Save As: no user is created until it is saved itself', async () => {
    const draft = await draftOf(bench);
    await replace(draft, '"email": ""', '"email": "new@example.com"');
    await replace(draft, '"password": ""', '"password": "Correct-Horse-7"');
    const copy = await vscode.workspace.openTextDocument(
      draft.uri.with({ path: draft.uri.path.replace(/[^/]*$/, 'jane.json') }),
    );
    await type(copy, draft.getText());
    assert.equal(await copy.save(), false);
    assert.equal(await copy.save(), false);
    assert.equal(bodies(bench, 'POST').length, 0);
    await vscode.window.showTextDocument(copy);
    assert.equal(await copy.save(), true);
    assert.equal(bodies(bench, 'POST').length, 1);
    await discardAll();
  });

  it('the same text given to several users from behind: asked about, and saved or left as it is', async () => {
    const [john, jane] = [await open(bench, JOHN), await open(bench, JANE)];
    await show(jane, { user_metadata: { n: 9 }, app_metadata: {} });
    await type(john, jane.getText());
    assert.equal(await john.save(), false);
    assert.match(bench.asked[0]?.message ?? '', /Save the text that is in front to john@example\.com/);
    assert.deepEqual([stored(JOHN), JSON.parse(john.getText()).user_metadata], [{ n: 7 }, { n: 9 }]);
    bench.answers.push('Save');
    assert.equal(await john.save(), true);
    await vscode.window.showTextDocument(john);
    await replace(john, '"n": 9', '"n": 10');
    assert.equal(await john.save(), true);
    assert.deepEqual(stored(JOHN), { n: 10 });
  });

  it('the same text given from behind, and typed on: it is the document’s own again, and nothing is asked', async () => {
    const [john, jane] = [await open(bench, JOHN), await open(bench, JANE)];
    await show(jane, { user_metadata: { n: 9 }, app_metadata: {} });
    await type(john, jane.getText());
    await replace(john, '"n": 9', '"n": 10');
    assert.equal(await john.save(), true);
    assert.deepEqual([stored(JOHN), bench.asked], [{ n: 10 }, []]);
  });
});
