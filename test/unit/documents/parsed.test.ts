// One parse of a document for everybody who asks, in text that may be broken.
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type * as vscode from 'vscode';
import { parsed } from '../../../src/documents/parsed';
import { formatPath } from '../../../src/json/path';
import { TextDocument } from '../../support/vscode/textDocument';
import { Uri } from '../../support/vscode/uri';

function documentOf(text: string): { document: vscode.TextDocument; type(text: string): void } {
  const document = new TextDocument(
    Uri.parse('auth0-user://acme.eu.auth0.com/users/1/jane.json'),
    'json',
    async () => true,
  );
  document.text = text;
  const type = (next: string) => Object.assign(document, { text: next, version: document.version + 1 });
  return { document: document as unknown as vscode.TextDocument, type };
}

const WHOLE = '{"user_metadata": {"a": {"b": [1, 22]}}, "app_metadata": {}}';

/** The text of the range that is found; undefined for none. */
function found(text: string, path: readonly (string | number)[]): string | undefined {
  const { document } = documentOf(text);
  const range = parsed(document).rangeOf(path);
  return range && document.getText(range);
}

test('is read once a version', () => {
  const { document, type } = documentOf(WHOLE);
  const first = parsed(document);
  assert.equal(parsed(document), first);
  assert.equal(first.exact, first.exact);
  type('{');
  assert.notEqual(parsed(document), first);
  assert.deepEqual([first.text, parsed(document).text], [WHOLE, '{']);
  assert.equal(parsed(document).exact.metadata, undefined);
});

const RANGES: readonly [what: string, text: string, path: (string | number)[], range: string | undefined][] = [
  ['a key', WHOLE, ['user_metadata', 'a', 'b'], '"b"'],
  ['an item of an array', WHOLE, ['user_metadata', 'a', 'b', 1], '22'],
  ['the nearest above what is not there', WHOLE, ['user_metadata', 'a', 'x', 'y'], '"a"'],
  ['none', WHOLE, ['x'], undefined],
  ['a key in broken text', WHOLE.replace(', "app', ' "app'), ['user_metadata', 'a', 'b'], '"b"'],
  ['a key behind what is broken', WHOLE.replace('22', '22,'), ['app_metadata'], '"app_metadata"'],
  ['of duplicate keys the one that counts', '{"a": 1, "b": 2, "a": 3}', ['a'], '"a"'],
];
for (const [what, text, path, range] of RANGES) test(`rangeOf: ${what}`, () => assert.equal(found(text, path), range));

test('rangeOf: a key that is nested deeper than the tolerant parser goes, in text that is whole', () => {
  const depth = 3_000;
  const text = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
  assert.equal(
    found(
      text,
      Array.from({ length: depth }, () => 'a'),
    ),
    '"a"',
  );
  assert.equal(
    found('{"a":'.repeat(100_000), ['a']),
    undefined,
    'nothing is known of broken text that is deeper still',
  );
});

test('locate: the path at an offset, in whole and in broken text', () => {
  for (const text of [WHOLE, WHOLE.slice(0, -1)]) {
    const { document } = documentOf(text);
    assert.equal(formatPath(parsed(document).locate(text.indexOf('22'))), 'user_metadata.a.b[1]');
  }
});
