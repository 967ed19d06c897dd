// Typed while VS Code and the document are still settling after a save: the next save works, and loses nobody's work.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { isDirty, roundTrips } from './documentLife';
import { type Bench, bodies, connect, open, replace, requests, type, until, untilShown } from './support';

const ID = 'auth0|jane';

describe('typing right after a save that brought in somebody else’s change', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await connect({ users: [{ user_id: ID, email: 'jane@example.com', user_metadata: { n: 1 } }] });
  });

  afterEach(() => bench.close());

  const stored = () => bench.sandbox.control.user(ID)?.user_metadata;

  async function savedWithTheirs(): Promise<vscode.TextDocument> {
    const document = await open(bench, ID);
    bench.sandbox.control.set(ID, { user_metadata: { n: 1, x: 'theirs' } });
    await replace(document, '"n": 1', '"n": 2');
    return document;
  }

  async function saveNext(document: vscode.TextDocument, next: string, typed: object): Promise<void> {
    const isSaved = await document.save();
    assert.deepEqual(bench.asked, []);
    assert.equal(isSaved, true, `the next save works:\n${requests(bench).join('\n')}\n${document.getText()}`);
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"user_metadata":{"n":2}}', next]);
    assert.deepEqual(stored(), { n: 2, x: 'theirs', ...typed });
    await untilShown(document, '"theirs"');
    assert.deepEqual([isDirty(document.uri), JSON.parse(document.getText()).user_metadata], [false, stored()]);
  }

  for (const trips of [0, 1, 2, 3, 5, 8]) {
    it(`after ${trips} round trips to VS Code: the next save sends that key alone`, async () => {
      const document = await savedWithTheirs();
      assert.equal(await document.save(), true);
      await roundTrips(trips);
      await replace(document, '"n": 2', '"n": 2, "more": true');
      // Whatever was under way has arrived.
      await roundTrips(10);
      await saveNext(document, '{"user_metadata":{"more":true}}', { more: true });
    });
  }

  it('as VS Code tells of the save: the next save sends that key alone', async () => {
    const document = await savedWithTheirs();
    let typing: Promise<void> | undefined;
    const subscription = vscode.workspace.onDidSaveTextDocument(() => {
      typing ??= replace(document, '"n": 2', '"n": 2, "more": true');
    });
    try {
      assert.equal(await document.save(), true);
      await until(vscode.workspace.onDidSaveTextDocument, 'VS Code has told', () => typing !== undefined);
      await typing;
    } finally {
      subscription.dispose();
    }
    await roundTrips(10);
    await saveNext(document, '{"user_metadata":{"more":true}}', { more: true });
  });

  it('typed between the moment that VS Code tells of the save and its write: saved with it, and not refused', async () => {
    const document = await savedWithTheirs();
    const subscription = vscode.workspace.onWillSaveTextDocument(event => {
      event.waitUntil(replace(document, '"n": 2', '"n": 2, "more": true'));
    });
    try {
      assert.equal(await document.save(), true);
    } finally {
      subscription.dispose();
    }
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"user_metadata":{"n":2,"more":true}}']);
    await untilShown(document, '"theirs"');
  });

  it('edited by another extension on save, as by EditorConfig: saved, and not refused', async () => {
    const document = await savedWithTheirs();
    const subscription = vscode.workspace.onWillSaveTextDocument(event => {
      const at = document.positionAt(document.getText().indexOf('"n": 2') + '"n": 2'.length);
      event.waitUntil(Promise.resolve([vscode.TextEdit.insert(at, ', "more": true')]));
    });
    try {
      assert.equal(await document.save(), true);
    } finally {
      subscription.dispose();
    }
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"user_metadata":{"n":2,"more":true}}']);
    await untilShown(document, '"theirs"');
  });

  it('typed and saved three times without a pause, others writing before each: nothing is lost', async () => {
    const document = await open(bench, ID);
    for (const i of [1, 2, 3]) {
      bench.sandbox.control.set(ID, { user_metadata: { ...Object(stored()), [`x${i}`]: i } });
      const n = /"n": \d/.exec(document.getText())?.[0] ?? assert.fail();
      await replace(document, n, `"n": ${i + 1}`);
      assert.equal(await document.save(), true, `save ${i}`);
    }
    assert.deepEqual(
      bodies(bench, 'PATCH'),
      [2, 3, 4].map(n => `{"user_metadata":{"n":${n}}}`),
    );
    assert.deepEqual(stored(), { n: 4, x1: 1, x2: 2, x3: 3 });
    await untilShown(document, '"x3"');
  });

  it('typed back to what was saved: the other’s change lives, and the next save is possible', async () => {
    const document = await savedWithTheirs();
    assert.equal(await document.save(), true);
    const saved = document.getText();
    await replace(document, '"n": 2', '"n": 3');
    await type(document, saved);
    await roundTrips(10);
    assert.equal(await document.save(), true);
    assert.deepEqual(stored(), { n: 2, x: 'theirs' });
    assert.deepEqual(bodies(bench, 'PATCH').length, 1);
  });
});
