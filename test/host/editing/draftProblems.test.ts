// What would refuse the creation of a user is underlined in its draft, as what would refuse a save is in a document.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { draftOf } from '../drafts';
import { type Bench, connect, type, until } from '../support';

describe('the draft of a new user', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await connect({ users: [] });
  });

  afterEach(() => bench.close());

  const underlined = (document: vscode.TextDocument) =>
    vscode.languages
      .getDiagnostics(document.uri)
      .filter(({ source }) => source === 'Auth0')
      .map(({ range }) => document.getText(range));

  const CASES: readonly [what: string, body: string, marked: string][] = [
    ['a null at a root', '{"connection":"db","user_metadata":{"hobby":null}}', 'null'],
    ['a metadata object that is none', '{"connection":"db","app_metadata":[1]}', '[1]'],
    ['a connection that is empty', '{"connection":"","email":"a@b.c"}', '""'],
    ['no connection', '{"email":"a@b.c"}', '{'],
    ['a duplicate key', '{"connection":"db","user_metadata":{"a":1,"a":2}}', '"a"'],
  ];

  it('as it is made has nothing underlined; each problem is, until it is gone', async () => {
    const document = await draftOf(bench);
    const template = document.getText();
    for (const [what, body, wanted] of CASES) {
      await type(document, body);
      await until(vscode.languages.onDidChangeDiagnostics, what, () => underlined(document).join() === wanted);
    }
    await type(document, template);
    await until(vscode.languages.onDidChangeDiagnostics, 'nothing is underlined', () => !underlined(document).length);
    assert.deepEqual(underlined(document), []);
  });
});
