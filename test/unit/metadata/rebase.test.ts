// Bringing edited text up to date with the server, leaving what did not move as it was typed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyTextEdits } from '../../../src/json/edit';
import { parseDocument } from '../../../src/metadata/document';
import { rebaseEdits } from '../../../src/metadata/rebase';
import { user } from '../../support/json';

const doc = (userMetadata: string) => `{ "user_metadata": ${userMetadata}, "app_metadata": {} }\n`;

const CASES: readonly [rule: string, base: string, edited: string, remote: string, result: string][] = [
  ['nothing moved', '{"a":1}', '{ "a":2 }', '{"a":1}', '{ "a":2 }'],
  ['a value moved', '{"a":1,"b":1}', '{"a": 2,   "b": 1}', '{"a":1,"b":[5]}', '{"a": 2,   "b": [\n      5\n    ]}'],
  ['a key was added', '{"a":1}', '{"a": 2}', '{"a":1,"b":1.0}', '{"a": 2, "b": 1.0}'],
  [
    'a key was added, one to a line',
    '{"a":1}',
    '{\n    "a": 2\n  }',
    '{"a":1,"b":1}',
    '{\n    "a": 2,\n    "b": 1\n  }',
  ],
  ['the first key was removed', '{"a":1,"b":1}', '{"a": 1, "b": 2}', '{"b":1}', '{"b": 2}'],
  ['the last key was removed', '{"a":1,"b":1}', '{"a": 2, "b": 1}', '{"a":1}', '{"a": 2}'],
  [
    'keys around mine were removed',
    '{"a":1,"b":1,"c":1,"d":1}',
    '{"a": 1, "b": 1, "c": 2, "d": 1}',
    '{"c":1}',
    '{"c": 2}',
  ],
  ['one went, one came', '{"a":1,"b":1}', '{"a": 2, "b": 1}', '{"a":1,"c":1}', '{"a": 2, "c": 1}'],
  ['every key went', '{"a":1}', '{"a": 1}', '{}', '{}'],
  ['the first key came', '{}', '{}', '{"a":1}', '{\n    "a": 1\n  }'],
  ['both changed the same: mine', '{"a":1}', '{"a": 2}', '{"a":3}', '{"a": 2}'],
  ['nested', '{"a":{"x":1,"y":1}}', '{"a": {"x": 2, "y": 1}}', '{"a":{"x":1,"y":7}}', '{"a": {"x": 2, "y": 7}}'],
];
for (const [rule, base, edited, remote, result] of CASES) {
  test(`rebase: ${rule}`, () => {
    const text = doc(edited);
    const { metadata } = parseDocument(text);
    assert(metadata);
    assert.equal(applyTextEdits(text, rebaseEdits(text, user(base), metadata, user(remote))), doc(result));
  });
}
