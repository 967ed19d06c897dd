// Nothing is sent but by Save: whatever else writes the file is refused with a sentence, and the text is kept.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, discardAll, isDirty, LANGUAGE_ID, roundTrips, secondUri } from './documentLife';
import { draftOf } from './drafts';
import { type Bench, bodies, connect, open, replace, requests, show, type, until } from './support';

const JANE = 'auth0|jane';
const JOHN = 'auth0|john';
const SENTENCE = /Save/;

describe('a write that is not Save', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await connect({
      users: [
        { user_id: JANE, email: 'jane@example.com', user_metadata: { n: 1 }, app_metadata: { plan: 'full' } },
        { user_id: JOHN, email: 'john@example.com', user_metadata: { n: 7 } },
      ],
      connections: [{ id: 'con_1', name: 'people', strategy: 'auth0' }],
    });
  });

  afterEach(() => bench.close());

  const stored = (id = JANE) => bench.sandbox.control.user(id)?.user_metadata;

  const write = (uri: vscode.Uri, text: string) => vscode.workspace.fs.writeFile(uri, Buffer.from(text));

  async function isRefused(uri: vscode.Uri, text: string): Promise<void> {
    bench.sandbox.control.clearRequests();
    await assert.rejects(async () => write(uri, text), SENTENCE);
    await roundTrips(5);
    assert.deepEqual([requests(bench), bench.asked], [[], []]);
  }

  /** A save by hand. What was asked of the server before it is what the other way of writing has sent. */
  async function saveByHand(document: vscode.TextDocument): Promise<string[]> {
    let before: string[] | undefined;
    const subscription = vscode.workspace.onWillSaveTextDocument(event => {
      if (event.document !== document || event.reason !== vscode.TextDocumentSaveReason.Manual) return;
      before ??= requests(bench);
    });
    try {
      assert.equal(await document.save(), true);
    } finally {
      subscription.dispose();
    }
    // VS Code tells of no save where there is nothing left to save.
    return before ?? requests(bench);
  }

  it('writeFile beside a clean editor: refused, and the next save sends only what is typed', async () => {
    const document = await open(bench, JANE);
    const foreign = document.getText().replace('"n": 1', '"n": 2');
    await isRefused(document.uri, foreign);
    assert.deepEqual([stored(), isDirty(document.uri)], [{ n: 1 }, false]);
    bench.sandbox.control.set(JANE, { user_metadata: { n: 2 } });
    await replace(document, '"full"', '"gold"');
    assert.equal(await document.save(), true);
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"app_metadata":{"plan":"gold"}}']);
    assert.deepEqual([stored(), bench.asked], [{ n: 2 }, []]);
  });

  it('writeFile beside unsaved text, be it that text itself: refused, the text is kept and can be saved', async () => {
    const document = await open(bench, JANE);
    await replace(document, '"n": 1', '"n": 2');
    const typed = document.getText();
    await isRefused(document.uri, typed);
    await isRefused(document.uri, typed.replace('"n": 2', '"n": 3'));
    assert.deepEqual([stored(), isDirty(document.uri), document.getText()], [{ n: 1 }, true, typed]);
    assert.deepEqual(await saveByHand(document), []);
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"user_metadata":{"n":2}}']);
  });

  it('writeFile after a save: the leave of that save is used up', async () => {
    const document = await open(bench, JANE);
    await replace(document, '"n": 1', '"n": 2');
    assert.equal(await document.save(), true);
    await isRefused(document.uri, document.getText());
    await isRefused(document.uri, document.getText().replace('"n": 2', '"n": 3'));
    assert.deepEqual(stored(), { n: 2 });
  });

  it('writeFile of another text in the middle of a save: refused, and the save goes on', async () => {
    const document = await open(bench, JANE);
    await replace(document, '"n": 1', '"n": 2');
    const foreign = document.getText().replace('"n": 2', '"n": 3');
    let refused: Promise<void> | undefined;
    bench.sandbox.control.fail({
      route: 'get',
      fault: {
        kind: 'hook',
        before: () => {
          refused = assert.rejects(async () => write(document.uri, foreign), SENTENCE);
        },
      },
    });
    assert.equal(await document.save(), true);
    await (refused ?? assert.fail());
    assert.deepEqual([stored(), bodies(bench, 'PATCH')], [{ n: 2 }, ['{"user_metadata":{"n":2}}']]);
  });

  it('writeFile to a user that is not open, or open under another URI: refused', async () => {
    const { uri } = await open(bench, JANE);
    await isRefused(secondUri(uri), '{"user_metadata":{"n":2},"app_metadata":{}}');
    const john = vscode.Uri.from({ scheme: uri.scheme, authority: uri.authority, path: `/users/${JOHN}/john.json` });
    await isRefused(john, '{"user_metadata":{"n":8},"app_metadata":{}}');
  });

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

  it('a draft that was saved twice in a row creates one user', async () => {
    const document = await draftOf(bench);
    await replace(document, '"email": ""', '"email": "new@example.com"');
    await replace(document, '"password": ""', '"password": "Correct-Horse-7"');
    const again = new Promise<void>(resolve => {
      const subscription = vscode.workspace.onDidSaveTextDocument(async saved => {
        if (saved !== document) return;
        subscription.dispose();
        await vscode.commands.executeCommand('workbench.action.files.save');
        resolve();
      });
    });
    assert.equal(await document.save(), true);
    await again;
    assert.equal(bodies(bench, 'POST').length, 1);
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

  it('a save that VS Code stops before its write leaves no leave to send behind', async () => {
    const document = await open(bench, JANE);
    await replace(document, '"n": 1', '"n": 2');
    const { url, domain, token } = bench.sandbox;
    const addTenant = (mine: string) =>
      vscode.commands.executeCommand('auth0Metadata.addTenant', { url, domain, token: mine });
    await addTenant(bench.sandbox.mintToken({ scope: 'read:users' }));
    await open(bench, JOHN);
    await vscode.window.showTextDocument(document);
    assert.equal(await document.save(), false);
    await addTenant(token);
    await isRefused(document.uri, document.getText());
  });

  /** Ways to make VS Code write, each until it has been done. */
  const WAYS: readonly [way: string, write: (document: vscode.TextDocument) => Promise<void>][] = [
    [
      'a task that is run saves all editors',
      async () => {
        const ended = new Promise<void>(resolve => {
          const subscription = vscode.tasks.onDidEndTask(({ execution }) => {
            if (execution.task.name !== 'Nothing') return;
            subscription.dispose();
            resolve();
          });
        });
        await vscode.tasks.executeTask(nothingToDo());
        await ended;
      },
    ],
    [
      'files.autoSave is on for our language',
      async document => {
        const files = vscode.workspace.getConfiguration('files', { languageId: LANGUAGE_ID });
        const set = (key: string, value: unknown) => files.update(key, value, vscode.ConfigurationTarget.Global, true);
        let told = false;
        const subscription = vscode.workspace.onWillSaveTextDocument(event => {
          told ||= event.document.uri.toString() === document.uri.toString();
        });
        try {
          await set('autoSaveDelay', 100);
          await set('autoSave', 'afterDelay');
          await type(document, `${document.getText()} `);
          await until(vscode.workspace.onWillSaveTextDocument, 'VS Code saves by itself', () => told);
          await roundTrips(10);
        } finally {
          subscription.dispose();
          await set('autoSave', undefined);
          await set('autoSaveDelay', undefined);
        }
      },
    ],
    [
      'debugging is started, which saves all editors',
      async document => {
        await vscode.window.showTextDocument(document);
        await new Promise<void>(resolve => {
          // Asked once VS Code has saved; nothing is then started.
          const resolveDebugConfiguration = () => {
            provider.dispose();
            resolve();
            return undefined;
          };
          const provider = vscode.debug.registerDebugConfigurationProvider('*', { resolveDebugConfiguration });
          void vscode.debug.startDebugging(undefined, { type: 'node', request: 'launch', name: 'Nothing' });
        });
      },
    ],
    [
      'Save without Formatting',
      async document => {
        await vscode.window.showTextDocument(document);
        await vscode.commands.executeCommand('workbench.action.files.saveWithoutFormatting');
      },
    ],
    [
      'writeFile of the same text',
      async document => assert.rejects(async () => write(document.uri, document.getText()), SENTENCE),
    ],
  ];

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

  for (const [way, writes] of WAYS) {
    it(`${way}: no save by hand is no PATCH, the text is kept, and Save saves it`, async () => {
      const document = await open(bench, JANE);
      await replace(document, '"n": 1', '"n": 2');
      bench.sandbox.control.clearRequests();
      const byHand = await isToldAsByHand(way, document, writes);
      const typed = document.getText();
      const before = await saveByHand(document);
      if (!byHand) assert.deepEqual(before, []);
      assert.deepEqual([document.getText(), isDirty(document.uri)], [typed, false]);
      assert.deepEqual([bodies(bench, 'PATCH'), bench.asked], [['{"user_metadata":{"n":2}}'], []]);
    });

    it(`${way}: no save by hand creates no user, the text is kept, and Save creates it`, async () => {
      const document = await draftOf(bench);
      await replace(document, '"email": ""', '"email": "new@example.com"');
      await replace(document, '"password": ""', '"password": "Correct-Horse-7"');
      bench.sandbox.control.clearRequests();
      if (!(await isToldAsByHand(way, document, writes))) assert.deepEqual(await saveByHand(document), []);
      assert.deepEqual(bodies(bench, 'POST').length, 1);
      // The draft gives way to the user's document.
      await until(vscode.window.tabGroups.onDidChangeTabs, 'the draft is closed', () => !hasTab(document.uri));
    });
  }

  function hasTab(uri: vscode.Uri): boolean {
    const all = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
    return all.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
  }

  function nothingToDo(): vscode.Task {
    const terminal = async (): Promise<vscode.Pseudoterminal> => {
      const closed = new vscode.EventEmitter<number>();
      return {
        onDidWrite: new vscode.EventEmitter<string>().event,
        onDidClose: closed.event,
        open: () => closed.fire(0),
        close: () => undefined,
      };
    };
    const task = new vscode.Task(
      { type: 'auth0-metadata-test' },
      vscode.TaskScope.Workspace,
      'Nothing',
      'tests',
      new vscode.CustomExecution(terminal),
    );
    task.presentationOptions = { reveal: vscode.TaskRevealKind.Never };
    return task;
  }
});
