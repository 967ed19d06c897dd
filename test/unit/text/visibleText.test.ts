import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visibleText } from '../../../src/text/visibleText';
import { Work } from '../../support/work';

const work = Work.start(__filename);

const CASES: readonly (readonly [name: string, text: string, shown: string])[] = [
  ['plain text stays', 'Jane Doe', 'Jane Doe'],
  ['letters of all scripts stay', 'Zoë 李 سارة नेहा', 'Zoë 李 سارة नेहा'],
  ['a line feed and a tab', 'a\nb\tc', 'a␊b␉c'],
  ['delete and C1', 'a\u007Fb\u0085', 'a␡b<U+0085>'],
  ['right-to-left override', 'nimda\u202Egnp', 'nimda<U+202E>gnp'],
  ['isolates', '\u2066x\u2069', '<U+2066>x<U+2069>'],
  ['zero-width', 'ad\u200Bmin\uFEFF', 'ad<U+200B>min<U+FEFF>'],
  ['soft hyphen', 'ad\u00ADmin', 'ad<U+00AD>min'],
  ['line separators', 'a\u2028b\u2029', 'a<U+2028>b<U+2029>'],
  ['a filler that renders as nothing', '\u3164', '<U+3164>'],
  ['tag characters', 'a\u{E0041}', 'a<U+E0041>'],
  ['half of a surrogate pair', 'a\uD800b', 'a<U+D800>b'],
  ['a family emoji stays whole', '👩‍👧 ❤️ 👩🏽‍🚀', '👩‍👧 ❤️ 👩🏽‍🚀'],
  ['a joiner between letters does not', 'a\u200Db', 'a<U+200D>b'],
];

for (const [name, text, shown] of CASES) test(name, () => assert.equal(visibleText(text), shown));

test('a long text ends in an ellipsis', () => {
  assert.equal(visibleText('abcdef', 6), 'abcdef');
  assert.equal(visibleText('abcdefg', 6), 'abcde…');
});

test('a cut does not halve a pair', () => assert.equal(visibleText('abc😀def', 5), 'abc…'));

test('a megabyte costs no more than its beginning', () => {
  work.take();
  assert.equal(visibleText('\u202E'.repeat(1_000_000), 20).length, 20);
  const executed = work.take();
  assert.ok(executed < 1_000, `${executed} blocks`);
});
