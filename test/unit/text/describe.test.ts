// Lines about values from strangers: whatever direction they run in, they keep their place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeChange, describePath, describeValue } from '../../../src/text/describe';
import { inSentence } from '../../../src/text/visibleText';
import { json } from '../../support/json';

/** `⟨` and `⟩` stand for the isolates, which cannot be seen. */
const shown = (text: string) => text.replaceAll('\u2068', '⟨').replaceAll('\u2069', '⟩');

const VALUES: readonly [value: string, line: string][] = [
  ['"surfing"', '"surfing"'],
  ['{"a":[1,"x"],"b":{}}', '{"a":[1,"x"],"b":{}}'],
  ['"שלום"', '⟨"שלום"⟩'],
  ['"مرحبا 12"', '⟨"مرحبا 12"⟩'],
  ['["שלום","עולם"]', '[⟨"שלום"⟩,⟨"עולם"⟩]'],
  ['{"גיל":12,"name":"x"}', '{⟨"גיל"⟩:12,"name":"x"}'],
  ['"א\\"ב"', '⟨"א\\"ב"⟩'],
  // Its own controls are made visible, so that it cannot end the isolate.
  ['"א\\u2069 → \\"b\\""', '⟨"א<U+2069> → \\"b\\""⟩'],
  [`"${'א'.repeat(80)}"`, `⟨"${'א'.repeat(58)}…⟩`],
];
for (const [value, line] of VALUES)
  test(`value ${value.slice(0, 20)}`, () => assert.equal(shown(describeValue(json(value))), line));

const PATHS: readonly [path: readonly (string | number)[], line: string][] = [
  [['user_metadata', 'home'], 'user_metadata.home'],
  [['user_metadata', 'כתובת', 'עיר'], 'user_metadata.⟨כתובת⟩.⟨עיר⟩'],
  [['user_metadata', 'שם מלא', 0], 'user_metadata[⟨"שם מלא"⟩][0]'],
];
for (const [path, line] of PATHS) test(`path ${line}`, () => assert.equal(shown(describePath(path)), line));

test('a change: old, arrow, new', () => {
  const change = { path: ['user_metadata', 'עיר'], before: json('"חיפה"'), after: json('"תל אביב"') };
  assert.equal(shown(describeChange(change)), 'user_metadata.⟨עיר⟩: ⟨"חיפה"⟩ → ⟨"תל אביב"⟩');
});

test('a name in a sentence; what needs no isolate has none', () => {
  assert.deepEqual([inSentence('דנה', 60), inSentence('Dana 12!', 60)], ['\u2068דנה\u2069', 'Dana 12!']);
  assert.equal(inSentence('א'.repeat(70), 60).length, 62, 'what is cut is closed all the same');
});

test('every script that runs from right to left', () => {
  // Hebrew, Arabic, Syriac, Thaana, NKo, Samaritan, Mandaic, presentation forms, Phoenician, Adlam, and digits of Arabic.
  for (const text of 'א ع ܐ ހ ߀ ࠀ ࡀ שׁ ﷲ ﺀ 𐤀 𞤀 ٣ ۵'.split(' ')) assert.notEqual(inSentence(text), text, text);
});

test('values that differ far behind are told apart by the place where they begin to differ', () => {
  const long = 'https://example.com/'.padEnd(90, 'a');
  const cases: readonly (readonly [before: string, after: string, shown: RegExp])[] = [
    [`"${long}1"`, `"${long}2"`, /^a\.b: …a+1" → …a+2"$/],
    [`"${long}"`, `"${long}x"`, /^a\.b: …a+" → …a+x"$/],
    [JSON.stringify(Array(25).fill(1)), JSON.stringify([...Array(24).fill(1), 2]), /^a\.b: ….*1\] → ….*2\]$/],
    ['"short"', '"other"', /^a\.b: "short" → "other"$/],
  ];
  for (const [before, after, shown] of cases) {
    assert.match(describeChange({ path: ['a', 'b'], before: json(before), after: json(after) }), shown);
  }
});
