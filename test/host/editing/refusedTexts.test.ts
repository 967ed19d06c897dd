// Texts that cannot be saved: a diagnostic where the trouble is, and nothing sent.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type Bench, open, requests, type, until } from '../support';
import { connectJane, ID } from './bench';

const REFUSED: readonly [what: string, text: string, sentence: RegExp, blamed: string][] = [
  ['broken JSON', '{"user_metadata": {"a": }, "app_metadata": {}}', /JSON value is expected/, '}'],
  ['a root that is no object', '[]', /must be an object/, '[]'],
  ['a foreign key', '{"user_metadata": {}, "app_metadata": {}, "email": 1}', /"email" is not saved/, '"email"'],
  ['a section that is no object', '{"user_metadata": 7, "app_metadata": {}}', /user_metadata must be an object/, '7'],
  ['a duplicate key', '{"user_metadata": {"a": 1, "a": 2}, "app_metadata": {}}', /Duplicate key/, '"a"'],
  ['null at the root', '{"user_metadata": {"a": null}, "app_metadata": {}}', /cannot store null/, 'null'],
  ['half a surrogate pair', '{"user_metadata": {"a": "\\ud800"}, "app_metadata": {}}', /surrogate/, '"\\ud800"'],
  ['a number without end', '{"user_metadata": {"a": 1e999}, "app_metadata": {}}', /too large/, '1e999'],
];

describe('editing a user', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await connectJane();
  });

  afterEach(() => bench.close());

  for (const [what, text, sentence, blamed] of REFUSED) {
    it(`refuses ${what}: a diagnostic on its range, nothing sent, the text kept`, async () => {
      const document = await open(bench, ID);
      await type(document, text);
      bench.sandbox.control.clearRequests();
      assert.equal(await document.save(), false);
      assert.deepEqual([requests(bench), document.isDirty, document.getText()], [[], true, text]);
      const ours = () => vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Auth0');
      await until(vscode.languages.onDidChangeDiagnostics, 'the diagnostic', () => ours().length > 0);
      const [diagnostic] = ours();
      assert.match(diagnostic?.message ?? '', sentence);
      assert.equal(document.getText(diagnostic?.range), blamed);
    });
  }
});
