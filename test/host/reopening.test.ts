// Closed and opened again: the base of a save is what the editor shows, not what was read meanwhile.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';
import { closeAll, isDirty, modelGone, showDiff, tabs } from './documentLife';
import { type Bench, bodies, connect, open, replace, requests, until, untilShown } from './support';

const [ID, JOE] = ['auth0|jane', 'auth0|joe'];
const PATH = `/api/v2/users/${encodeURIComponent(ID)}`;

/** As others leave the user: a text of the same length is taken for the same file by VS Code. */
const THEIRS = { 'of the same length': 'gold', 'of another length': 'enterprise' } as const;
type Length = keyof typeof THEIRS;

describe('a document that is closed and opened again', () => {
  let bench: Bench;

  beforeEach(async () => {
    const user = { user_metadata: { hobby: 'surfing' }, app_metadata: { plan: 'full' } };
    const joe = { user_id: JOE, email: 'joe@example.com' };
    bench = await connect({ users: [{ user_id: ID, email: 'jane@example.com', ...user }, joe] });
  });

  afterEach(() => bench.close());

  const stored = () => {
    const user = bench.sandbox.control.user(ID);
    return { user_metadata: user?.user_metadata, app_metadata: user?.app_metadata };
  };

  /** Only the hobby is sent, nothing is asked, and the other's plan lives and is shown. */
  async function saveOnlyMine(document: vscode.TextDocument, plan: string): Promise<void> {
    assert.equal(await document.save(), true);
    assert.deepEqual(bodies(bench, 'PATCH'), ['{"user_metadata":{"hobby":"sailing"}}']);
    assert.deepEqual(stored(), { user_metadata: { hobby: 'sailing' }, app_metadata: { plan } });
    assert.deepEqual(bench.asked, []);
    await untilShown(document, `"${plan}"`);
    assert.deepEqual([isDirty(document.uri), JSON.parse(document.getText())], [false, stored()]);
  }

  const LIVES: readonly [life: string, close: (document: vscode.TextDocument) => Promise<void>][] = [
    ['its model kept', closeAll],
    [
      'its model gone',
      async document => {
        await closeAll();
        await modelGone(document);
      },
    ],
    [
      'its last tab a comparison',
      async document => {
        await compareOnly(document);
        await closeAll();
      },
    ],
    [
      'its last tab a comparison and its model gone',
      async document => {
        await compareOnly(document);
        await closeAll();
        await modelGone(document);
      },
    ],
  ];

  /** The document in a comparison, its own tab closed. */
  async function compareOnly({ uri }: vscode.TextDocument): Promise<void> {
    await showDiff(uri);
    // Looked up now: opening another editor may have replaced the tab's object.
    const own = tabs().find(({ input }) => input instanceof vscode.TabInputText && input.uri.scheme === uri.scheme);
    assert(own);
    await vscode.window.tabGroups.close(own);
  }

  for (const [life, close] of LIVES) {
    for (const length of Object.keys(THEIRS) as Length[]) {
      const plan = THEIRS[length];

      it(`${life}, a change ${length} meanwhile: shows it, for one GET, and saves only what is typed`, async () => {
        await close(await open(bench, ID));
        bench.sandbox.control.set(ID, { app_metadata: { plan } });
        bench.sandbox.control.clearRequests();
        const document = await open(bench, ID);
        assert.deepEqual(JSON.parse(document.getText()), stored(), 'opening resolves when the new state is shown');
        assert.deepEqual(requests(bench), [`GET ${PATH} 200`]);
        await replace(document, '"surfing"', '"sailing"');
        await saveOnlyMine(document, plan);
      });

      it(`${life}, a change ${length} meanwhile, edited at once: saves only what is typed`, async () => {
        await close(await open(bench, ID));
        bench.sandbox.control.set(ID, { app_metadata: { plan } });
        const opening = open(bench, ID);
        const editor = () =>
          vscode.window.visibleTextEditors.find(({ document }) => document.uri.scheme === 'auth0-user');
        await until(vscode.window.onDidChangeVisibleTextEditors, 'the editor is shown', () => editor() !== undefined);
        const { document } = editor() ?? assert.fail();
        await replace(document, '"surfing"', '"sailing"');
        await opening;
        await saveOnlyMine(document, plan);
      });
    }
  }

  it('is read once where other tabs are closed before it gets its own', async () => {
    const before = await open(bench, ID);
    const { uri } = before;
    await closeAll();
    await modelGone(before);
    bench.sandbox.control.clearRequests();
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: '' }));
    await closeAll();
    await vscode.window.showTextDocument(document);
    await pause(500);
    assert.deepEqual(requests(bench), [`GET ${PATH} 200`]);
  });

  it('whose preview gave way to that of another user is shown as the server holds it, for one GET', async () => {
    const [jane, joe] = [await open(bench, ID), await open(bench, JOE)];
    await closeAll();
    const preview = (document: vscode.TextDocument) => vscode.window.showTextDocument(document, { preview: true });
    await preview(jane);
    await preview(joe);
    assert.equal(tabs().length, 1);
    await pause(500);
    bench.sandbox.control.set(ID, { app_metadata: { plan: 'gold' } });
    bench.sandbox.control.clearRequests();
    await preview(jane);
    await untilShown(jane, '"gold"');
    assert.deepEqual(requests(bench), [`GET ${PATH} 200`]);
  });

  it('in a comparison alone, saving sends what is typed there', async () => {
    const document = await open(bench, ID);
    await compareOnly(document);
    bench.sandbox.control.set(ID, { app_metadata: { plan: 'gold' } });
    await replace(document, '"surfing"', '"sailing"');
    await saveOnlyMine(document, 'gold');
  });
});
