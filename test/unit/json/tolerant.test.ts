// Places in text that may be broken: what is shown while somebody types needs them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatPath } from '../../../src/json/path';
import { locate, rangeOf, tolerantTree } from '../../../src/json/tolerant';

// The offset is where the bar stands.
const PLACES: readonly [what: string, text: string, path: string][] = [
  ['a value', '{"a": {"b": 1|2}}', 'a.b'],
  ['a key', '{"a": {"b|": 12}}', 'a.b'],
  ['an item', '{"a": [1, |2]}', 'a[1]'],
  ['behind a key without a value', '{"a": {"b": 1, "c"|}}', 'a.c'],
  ['a value behind a missing comma', '{"a": 1 "b": |2}', 'b'],
  ['a value before the text breaks off', '{"a": {"b": |1', 'a.b'],
  ['between the brackets of an object', '{"a": {| }}', 'a'],
];
for (const [what, text, path] of PLACES) {
  test(`locate: ${what}`, () => {
    const root = tolerantTree(text.replace('|', ''));
    assert(root);
    assert.equal(formatPath(locate(root, text.indexOf('|'))), path);
  });
}

const RANGES: readonly [what: string, text: string, path: (string | number)[], range: string | undefined][] = [
  ['a key', '{"a": {"b": 1}}', ['a', 'b'], '"b"'],
  ['an item', '{"a": [1, 22]}', ['a', 1], '22'],
  ['the nearest above one that is not there', '{"a": {"b": 1}}', ['a', 'c', 'd'], '"a"'],
  ['a key behind a missing comma', '{"a": 1 "b": 2}', ['b'], '"b"'],
  ['a key before the text breaks off', '{"a": {"b": ', ['a', 'b'], '"b"'],
  ['nothing of it', '{"a": 1}', ['x'], undefined],
];
for (const [what, text, path, range] of RANGES) {
  test(`rangeOf: ${what}`, () => {
    const root = tolerantTree(text);
    assert(root);
    const found = rangeOf(root, path);
    assert.equal(found && text.slice(found.offset, found.end), range);
  });
}

test('text that is nested too deep for the parser has no tree, however its brackets look; nor has text that is none', () => {
  const level = '["]",';
  for (const text of ['['.repeat(100_000), level.repeat(100_000), '[}'.repeat(100_000) + '['.repeat(100_000)]) {
    assert.doesNotThrow(() => tolerantTree(text));
  }
  assert.equal(tolerantTree('['.repeat(100_000)), undefined);
  assert.equal(tolerantTree(level.repeat(100_000)), undefined);
  assert.equal(tolerantTree(''), undefined);
});
