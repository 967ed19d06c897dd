// Other ways to make VS Code write than Save: nothing is sent, the text is kept, and Save saves it.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { isDirty } from '../documentLife';
import { draftOf } from '../drafts';
import { type Bench, bodies, open, replace, until } from '../support';
import { connectJaneAndJohn, hasTab, JANE, saveByHand } from './bench';
import { WAYS } from './ways';

describe('a write that is not Save', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await connectJaneAndJohn();
  });

  afterEach(() => bench.close());

  for (const [way, writes] of WAYS) {
    it(`${way}: no save by hand is no PATCH, the text is kept, and Save saves it`, async () => {
      const document = await open(bench, JANE);
      await replace(document, '"n": 1', '"n": 2');
      bench.sandbox.control.clearRequests();
      const byHand = await isToldAsByHand(way, document, writes);
      const typed = document.getText();
      const before = await saveByHand(bench, document);
      if (!byHand) assert.deepEqual(before, []);
      assert.deepEqual([document.getText(), isDirty(document.uri)], [typed, false]);
      assert.deepEqual([bodies(bench, 'PATCH'), bench.asked], [['{"user_metadata":{"n":2}}'], []]);
    });

    it(`${way}: no save by hand creates no user, the text is kept, and Save creates it`, async () => {
      const document = await draftOf(bench);
      await replace(document, '"email": ""', '"email": "new@example.com"');
      await replace(document, '"password": ""', '"password": "Correct-Horse-7"');
      bench.sandbox.control.clearRequests();
      if (!(await isToldAsByHand(way, document, writes))) assert.deepEqual(await saveByHand(bench, document), []);
      assert.deepEqual(bodies(bench, 'POST').length, 1);
      // The draft gives way to the user's document.
      await until(vscode.window.tabGroups.onDidChangeTabs, 'the draft is closed', () => !hasTab(document.uri));
    });
  }
});

/** Newer VS Code saves for a task as if by hand, and says so: then it is Save. The other ways are never that. */
async function isToldAsByHand(
  way: string,
  document: vscode.TextDocument,
  writes: (document: vscode.TextDocument) => Promise<void>,
): Promise<boolean> {
  let byHand: boolean = false;
  const subscription = vscode.workspace.onWillSaveTextDocument(({ document: saved, reason }) => {
    byHand ||= saved === document && reason === vscode.TextDocumentSaveReason.Manual;
  });
  try {
    await writes(document);
  } finally {
    subscription.dispose();
  }
  assert(!byHand || way.includes('task'));
  return byHand;
}
