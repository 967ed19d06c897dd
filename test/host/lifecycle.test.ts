// A user's document through VS Code's own ways of saving, showing and reloading. What counts is what the server holds.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { refusalOf } from './documentLife';
import {
  type Bench,
  bodies,
  connect,
  open,
  refresh,
  replace,
  requests,
  show,
  type,
  until,
  untilShown,
} from './support';

const JANE = 'auth0|jane';
const JOHN = 'auth0|john';

describe('a document through its life', () => {
  let bench: Bench;
  let folder: string;
  const changed: (readonly [section: string, key: string])[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'auth0-metadata-'));
    bench = await connect({
      users: [
        {
          user_id: JANE,
          email: 'jane@example.com',
          user_metadata: { hobby: 'surfing' },
          app_metadata: { plan: 'full' },
        },
        { user_id: JOHN, email: 'john@example.com', user_metadata: { hobby: 'golf' } },
      ],
    });
  });

  afterEach(async () => {
    for (const [section, key] of changed.splice(0)) await update(section, key, undefined);
    await bench.close();
    await rm(folder, { recursive: true, force: true });
  });

  const stored = (id: string, section: 'user_metadata' | 'app_metadata') => bench.sandbox.control.user(id)?.[section];

  async function configure(section: string, key: string, value: unknown): Promise<void> {
    changed.push([section, key]);
    await update(section, key, value);
  }

  async function update(section: string, key: string, value: unknown): Promise<void> {
    await vscode.workspace.getConfiguration(section).update(key, value, vscode.ConfigurationTarget.Global);
  }

  /** A file on disk that VS Code saves by itself: once it has, whatever was to be saved by itself has been. */
  async function openPlainFile(name: string): Promise<vscode.TextDocument> {
    const file = path.join(folder, name);
    await writeFile(file, '');
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document, { preview: false });
    return document;
  }

  const becomesClean = (document: vscode.TextDocument, what: string) =>
    until(vscode.workspace.onDidSaveTextDocument, what, () => !document.isDirty);

  for (const setting of ['off', 'afterDelay', 'onFocusChange', 'onWindowChange']) {
    it(`files.autoSave "${setting}": nothing is sent but by Save`, async () => {
      await configure('files', 'autoSave', setting);
      await configure('files', 'autoSaveDelay', 100);
      const document = await open(bench, JANE);
      await replace(document, '"surfing"', '"sailing"');
      const scope = { uri: document.uri, languageId: document.languageId };
      assert.equal(vscode.workspace.getConfiguration('files', scope).get('autoSave'), 'off');
      const plain = await openPlainFile('plain.txt');
      await type(plain, 'typed');
      // Another editor takes the focus from both.
      await openPlainFile('other.txt');
      if (setting === 'afterDelay' || setting === 'onFocusChange') await becomesClean(plain, 'a plain file is saved');
      assert.deepEqual([document.isDirty, bodies(bench, 'PATCH')], [true, []]);
      assert.equal(await document.save(), true);
      assert.deepEqual(bodies(bench, 'PATCH'), ['{"user_metadata":{"hobby":"sailing"}}']);
      await plain.save();
    });
  }

  it('Save All saves every user, each by its own request', async () => {
    const [jane, john] = [await open(bench, JANE), await open(bench, JOHN)];
    await replace(jane, '"surfing"', '"sailing"');
    await replace(john, '"golf"', '"chess"');
    await vscode.commands.executeCommand('workbench.action.files.saveAll');
    await until(vscode.workspace.onDidSaveTextDocument, 'both are saved', () => !jane.isDirty && !john.isDirty);
    assert.deepEqual(
      [stored(JANE, 'user_metadata'), stored(JOHN, 'user_metadata')],
      [{ hobby: 'sailing' }, { hobby: 'chess' }],
    );
    assert.equal(bodies(bench, 'PATCH').length, 2);
  });

  it('format on save changes the look and not what is sent', async () => {
    await configure('editor', 'formatOnSave', true);
    const document = await open(bench, JANE);
    await type(document, '{"user_metadata":{"hobby":"sailing"},"app_metadata":{"plan":"full"}}');
    assert.equal(await document.save(), true);
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"user_metadata":{"hobby":"sailing"}}']);
    assert.equal(document.isDirty, false);
    assert.match(document.getText(), /^\{\n {2}"user_metadata": \{\n {4}"hobby": "sailing"/);
  });

  it('two quick saves arrive in order', async () => {
    const document = await open(bench, JANE);
    await replace(document, '"surfing"', '"sailing"');
    const first = document.save();
    await replace(document, '"sailing"', '"rowing"');
    const second = document.save();
    await Promise.all([first, second]);
    if (document.isDirty) assert.equal(await document.save(), true);
    assert.equal(bodies(bench, 'PATCH').at(-1), '{"user_metadata":{"hobby":"rowing"}}');
    assert.deepEqual(stored(JANE, 'user_metadata'), { hobby: 'rowing' });
    const order = requests(bench).map(line => line.split(' ')[0]);
    assert.match(order.join(' '), /^GET (GET PATCH ?)+$/);
  });

  it('typed on during a save: the next save sends that alone, and what others wrote lives', async () => {
    const document = await open(bench, JANE);
    bench.sandbox.control.set(JANE, { app_metadata: { plan: 'gold' } });
    await replace(document, '"surfing"', '"sailing"');
    bench.sandbox.control.fail({
      route: 'patch',
      fault: { kind: 'hook', before: () => replace(document, '"sailing"', '"sailing", "since": 2020') },
    });
    await document.save();
    // The document itself says that it is clean, until the next change.
    assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab?.isDirty, true);
    assert.equal(await document.save(), true);
    assert.deepEqual(bodies(bench, 'PATCH'), [
      '{"user_metadata":{"hobby":"sailing"}}',
      '{"user_metadata":{"since":2020}}',
    ]);
    assert.deepEqual(stored(JANE, 'app_metadata'), { plan: 'gold' });
    await untilShown(document, '"gold"');
    assert.deepEqual([document.isDirty, bench.asked], [false, []]);
  });

  it('a user who was deleted meanwhile: the text is kept, and said so in a plain sentence', async () => {
    const document = await open(bench, JANE);
    await replace(document, '"surfing"', '"sailing"');
    const typed = document.getText();
    bench.sandbox.control.delete(JANE);
    assert.match(
      await refusalOf(document),
      /There is no such user in \S+\. It may have been deleted\. Your text is kept/,
    );
    assert.deepEqual([document.isDirty, document.getText()], [true, typed]);
    assert.deepEqual(bodies(bench, 'PATCH'), []);
  });

  it('open in two groups, it is one document and one save', async () => {
    const document = await open(bench, JANE);
    const other = await vscode.window.showTextDocument(document, vscode.ViewColumn.Two);
    assert.equal(other.document, document);
    await replace(document, '"surfing"', '"sailing"');
    assert.equal(await document.save(), true);
    assert.deepEqual([document.isDirty, bodies(bench, 'PATCH').length], [false, 1]);
    assert.equal(await open(bench, JANE), document);
    await replace(document, '"sailing"', '"rowing"');
    assert.equal(await document.save(), true);
    assert.deepEqual(stored(JANE, 'user_metadata'), { hobby: 'rowing' });
  });

  it('Refresh shows a clean document what the server holds now; a login is no change', async () => {
    const document = await open(bench, JANE);
    let changes = 0;
    const subscription = vscode.workspace.onDidChangeTextDocument(({ document: changedOne, contentChanges }) => {
      if (changedOne === document && contentChanges.length) changes++;
    });
    try {
      bench.sandbox.control.login(JANE);
      await refresh(bench);
      bench.sandbox.control.set(JANE, { app_metadata: { plan: 'gold' } });
      await refresh(bench);
      await untilShown(document, '"gold"');
      assert.deepEqual([document.isDirty, changes], [false, 1]);
    } finally {
      subscription.dispose();
    }
  });

  it('Refresh leaves unsaved text alone, and the save that follows loses nobody’s work', async () => {
    const document = await open(bench, JANE);
    await replace(document, '"surfing"', '"sailing"');
    const typed = document.getText();
    bench.sandbox.control.set(JANE, { app_metadata: { plan: 'gold' } });
    await refresh(bench);
    assert.deepEqual([document.isDirty, document.getText()], [true, typed]);
    assert.equal(await document.save(), true);
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"user_metadata":{"hobby":"sailing"}}']);
    assert.deepEqual(stored(JANE, 'app_metadata'), { plan: 'gold' });
  });

  it('Undo This Save puts the inverse into the document; saving it restores the server; undoing that works too', async () => {
    const document = await open(bench, JANE);
    await show(document, { user_metadata: { hobby: 'sailing', since: 2020 }, app_metadata: { plan: 'full' } });
    assert.equal(await document.save(), true);
    const undoAndSave = async (expected: object) => {
      const before = stored(JANE, 'user_metadata');
      await vscode.commands.executeCommand('auth0Metadata.undoSave', document.uri);
      assert.deepEqual(JSON.parse(document.getText()).user_metadata, expected);
      assert.deepEqual([document.isDirty, stored(JANE, 'user_metadata')], [true, before]);
      // A key that goes is asked about.
      bench.answers.push('Save');
      assert.equal(await document.save(), true);
      assert.deepEqual(stored(JANE, 'user_metadata'), expected);
      bench.answers.length = 0;
    };
    await undoAndSave({ hobby: 'surfing' });
    await undoAndSave({ hobby: 'sailing', since: 2020 });
  });

  it('an undo keeps what others have changed since', async () => {
    const document = await open(bench, JANE);
    await replace(document, '"surfing"', '"sailing"');
    assert.equal(await document.save(), true);
    bench.sandbox.control.set(JANE, {
      app_metadata: { plan: 'gold' },
      user_metadata: { hobby: 'sailing', boat: 'Ada' },
    });
    await vscode.commands.executeCommand('auth0Metadata.undoSave', document.uri);
    assert.deepEqual(JSON.parse(document.getText()), {
      user_metadata: { hobby: 'surfing', boat: 'Ada' },
      app_metadata: { plan: 'gold' },
    });
    assert.equal(await document.save(), true);
    assert.equal(bodies(bench, 'PATCH').at(-1), '{"user_metadata":{"hobby":"surfing"}}');
  });
});
