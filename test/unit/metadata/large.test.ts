// Documents of many megabytes: nothing of a plan may depend on how much the stack holds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyTextEdits } from '../../../src/json/edit';
import { formatDocument, parseDocument, type Sections } from '../../../src/metadata/document';
import { planPatch } from '../../../src/metadata/plan';
import { rebaseEdits } from '../../../src/metadata/rebase';

/** More than can be passed as arguments. */
const MANY = 200_000;

function metadataOf(items: readonly unknown[], more: object = {}): Sections {
  const { metadata } = parseDocument(JSON.stringify({ user_metadata: { items, ...more }, app_metadata: {} }));
  assert(metadata);
  return metadata;
}

const numbered = (first: number) => metadataOf(Array.from({ length: MANY }, (_, i) => ({ n: first + i })));

test(`${MANY} nested keys replaced by one save`, () => {
  const base = numbered(0);
  assert.equal(planPatch(base, numbered(MANY), base).replacements.length, MANY);
});

test(`${MANY} root keys removed behind the editor's back`, () => {
  const keys = Object.fromEntries(Array.from({ length: MANY }, (_, i) => [`k${i}`, i]));
  const [base, remote] = [metadataOf([], keys), metadataOf([])];
  const text = formatDocument(base);
  assert.equal(applyTextEdits(text, rebaseEdits(text, base, base, remote)), formatDocument(remote));
});

test('5,000 levels, changed at the bottom', () => {
  const deep = (leaf: number) => {
    const { metadata } = parseDocument(
      `{"user_metadata":{"a":${'{"a":['.repeat(2_500)}${leaf}${']}'.repeat(2_500)}},"app_metadata":{}}`,
    );
    assert(metadata);
    return metadata;
  };
  const [base, edited, remote] = [deep(1), deep(2), deep(3)];
  assert.equal(planPatch(base, edited, base).replacements[0]?.path.length, 5_002);
  assert.equal(planPatch(base, edited, remote).conflicts.length, 1);
});
