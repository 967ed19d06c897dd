import assert from 'node:assert/strict';
import { test } from 'node:test';
import { previewValue } from '../../../src/text/valuePreview';
import { json } from '../../support/json';

const preview = (text: string) => previewValue(json(text));

const CASES: readonly (readonly [text: string, shown: string])[] = [
  ['"surfing"', '"surfing"'],
  ['12345678901234567890', '12345678901234567890'],
  ['1.0', '1.0'],
  ['true', 'true'],
  ['null', 'null'],
  ['{}', '{}'],
  ['[]', '[]'],
  ['{"home": "1 Main St", "work": {"zip": 1}}', '{home: "1 Main St", work: {…}}'],
  ['["a", [], [1]]', '["a", [], […]]'],
  ['"a\\nb"', '"a␊b"'],
  ['{"": 1, " a": 2}', '{"": 1, " a": 2}'],
  ['[1,2,3,4,5,6,7,8,9,10,11,12,13]', '[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, …]'],
];

for (const [text, shown] of CASES) test(text, () => assert.equal(preview(text), shown));

test('is one short line whatever the value', () => {
  const shown = preview(JSON.stringify({ long: 'x'.repeat(100_000), ['k'.repeat(500)]: 1 }));
  assert.equal(shown.length, 80);
});
