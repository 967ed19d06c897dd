// Characters and encodings that show one thing and would send another: refused where they would be sent.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { isDirty, roundTrips } from './documentLife';
import { type Bench, bodies, connect, open, replace, requests, type, until, untilShown } from './support';

const ID = 'auth0|jane';
const BOM = '\uFEFF';
/** VS Code looks for such characters half a second after a document is shown or has changed. */
const SETTLED_MS = 1_500;

describe('a byte order mark in the text', () => {
  let bench: Bench;

  beforeEach(async () => {
    const user = { user_metadata: { hobby: 'surfing' }, app_metadata: { plan: 'full', name: 'Zoë' } };
    bench = await connect({ users: [{ user_id: ID, email: 'jane@example.com', ...user }] });
  });

  afterEach(() => bench.close());

  const PLACES: readonly [place: string, put: (text: string) => string][] = [
    ['at the start', text => BOM + text],
    ['between two values', text => text.replace('"app_metadata"', `${BOM}"app_metadata"`)],
    ['at the end', text => text + BOM],
  ];

  for (const [place, put] of PLACES) {
    it(`${place}: a save is refused as the squiggle says, and once it is gone, saving and Refresh work`, async () => {
      const document = await open(bench, ID);
      await replace(document, '"surfing"', '"sailing"');
      const good = document.getText();
      await type(document, put(good));
      bench.sandbox.control.clearRequests();
      const ours = () => vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Auth0');
      await until(vscode.languages.onDidChangeDiagnostics, 'the squiggle', () => ours().length > 0);
      assert.equal(await document.save(), false);
      assert.deepEqual([requests(bench), isDirty(document.uri), document.getText()], [[], true, put(good)]);
      await type(document, good);
      assert.equal(await document.save(), true);
      assert.deepEqual(bodies(bench, 'PATCH'), ['{"user_metadata":{"hobby":"sailing"}}']);
      bench.sandbox.control.set(ID, { app_metadata: { plan: 'gold', name: 'Zoë' } });
      await vscode.commands.executeCommand('auth0Metadata.refresh');
      await untilShown(document, '"gold"');
    });
  }

  it('typed and reverted: Refresh works', async () => {
    const document = await open(bench, ID);
    await type(document, BOM + document.getText());
    await document.save();
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    bench.sandbox.control.set(ID, { app_metadata: { plan: 'gold', name: 'Zoë' } });
    await vscode.commands.executeCommand('auth0Metadata.refresh');
    await untilShown(document, '"gold"');
  });

  for (const encoding of ['utf16le', 'windows1252', 'iso88591', 'shiftjis']) {
    it(`reopened as ${encoding}: what is shown is not what would be sent, so saving sends nothing`, async () => {
      const document = await open(bench, ID);
      const shown = document.getText();
      const noise = await vscode.workspace.openTextDocument(document.uri, { encoding });
      assert.notEqual(noise.getText(), shown);
      await roundTrips(3);
      const before = bench.sandbox.control.user(ID);
      if (noise.getText().includes('"surfing"')) await replace(noise, '"surfing"', '"sailing"');
      else await type(noise, `${noise.getText()} `);
      bench.sandbox.control.clearRequests();
      assert.equal(await noise.save(), false);
      assert.deepEqual([requests(bench), bench.asked], [[], []]);
      assert.deepEqual(bench.sandbox.control.user(ID), before);
      // Reopening asks for a document without unsaved text.
      await vscode.window.showTextDocument(noise);
      await vscode.commands.executeCommand('workbench.action.files.revert');
      const again = await vscode.workspace.openTextDocument(document.uri, { encoding: 'utf8' });
      assert.equal(again.getText(), shown);
      await replace(again, '"surfing"', '"sailing"');
      assert.equal(await again.save(), true);
      assert.deepEqual(bodies(bench, 'PATCH'), ['{"user_metadata":{"hobby":"sailing"}}']);
    });
  }
});

describe('a line separator in a value', () => {
  let bench: Bench;
  const configure = (value: string | undefined) =>
    vscode.workspace.getConfiguration('editor').update('unusualLineTerminators', value, true);

  beforeEach(async () => {
    const user = { user_metadata: { note: 'a\u2028b\u2029c' }, app_metadata: { plan: 'full' } };
    bench = await connect({ users: [{ user_id: ID, email: 'jane@example.com', ...user }] });
  });

  afterEach(async () => {
    await configure(undefined);
    await bench.close();
  });

  for (const setting of ['auto', 'prompt', undefined]) {
    it(`stays, although editor.unusualLineTerminators is ${setting ?? 'not set'}`, async () => {
      await configure(setting);
      const document = await open(bench, ID);
      await vscode.window.showTextDocument(document);
      await new Promise(resolve => setTimeout(resolve, SETTLED_MS));
      assert.deepEqual([isDirty(document.uri), document.getText().includes('a\u2028b\u2029c')], [false, true]);
      await replace(document, '"full"', '"gold"');
      bench.sandbox.control.clearRequests();
      assert.equal(await document.save(), true);
      assert.deepEqual(bodies(bench, 'PATCH'), ['{"app_metadata":{"plan":"gold"}}']);
    });
  }
});
