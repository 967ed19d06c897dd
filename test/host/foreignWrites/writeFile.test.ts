// Nothing is sent but by Save: another extension’s writeFile is refused with a sentence, before, during and after one.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { isDirty, roundTrips, secondUri } from '../documentLife';
import { draftOf } from '../drafts';
import { type Bench, bodies, open, replace, requests } from '../support';
import { connectJaneAndJohn, JANE, JOHN, SENTENCE, saveByHand, write } from './bench';

describe('a write that is not Save', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await connectJaneAndJohn();
  });

  afterEach(() => bench.close());

  const stored = () => bench.sandbox.control.user(JANE)?.user_metadata;

  async function isRefused(uri: vscode.Uri, text: string): Promise<void> {
    bench.sandbox.control.clearRequests();
    await assert.rejects(async () => write(uri, text), SENTENCE);
    await roundTrips(5);
    assert.deepEqual([requests(bench), bench.asked], [[], []]);
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
    assert.deepEqual(await saveByHand(bench, document), []);
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
});
