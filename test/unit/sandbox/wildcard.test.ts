// Wildcards: found as a plain reading of the pattern finds them, with one look at each character.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { compileLucene } from '../../../src/sandbox/search/matcher';
import { parseLucene } from '../../../src/sandbox/search/parser';
import { ANY_CHARACTER, ANY_TEXT, type Wildcard } from '../../../src/sandbox/search/syntax';
import { compileWildcard } from '../../../src/sandbox/search/wildcard';
import { cases } from '../../support/cases';

/** `a*b?` as a pattern. */
function pattern(text: string): Wildcard {
  return [...text].map(char => (char === '*' ? ANY_TEXT : char === '?' ? ANY_CHARACTER : char));
}

/** Word for word what the pattern says; as slow as it is simple. */
function matches([piece, ...rest]: Wildcard, text: readonly string[]): boolean {
  if (piece === undefined) return text.length === 0;
  if (piece === ANY_TEXT) return matches(rest, text) || (text.length > 0 && matches([piece, ...rest], text.slice(1)));
  const [first, ...others] = text;
  return first !== undefined && (piece === ANY_CHARACTER || piece === first) && matches(rest, others);
}

const CASES: readonly (readonly [pattern: string, text: string, found: boolean])[] = [
  ['', '', true],
  ['', 'a', false],
  ['*', '', true],
  ['a*', 'abc', true],
  ['*c', 'abc', true],
  ['*b*', 'abc', true],
  ['a*c', 'ac', true],
  ['a*c', 'acb', false],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['?', '😀', true],
  ['??', '😀', false],
  ['*ab*ab', 'abab', true],
  ['*ab*ab', 'aab', false],
  [`${'a'.repeat(31)}b*`, `${'a'.repeat(31)}bc`, true],
  [`${'a'.repeat(32)}b*`, `${'a'.repeat(32)}bc`, true],
  [`*${'a'.repeat(100)}`, 'a'.repeat(99), false],
  [`*${'?'.repeat(64)}`, 'a'.repeat(64), true],
];

for (const [source, text, found] of CASES) {
  test(`"${source}" ${found ? 'finds' : 'does not find'} "${text}"`, () =>
    assert.equal(compileWildcard(pattern(source))(text), found));
}

test('any pattern finds what it says', () => {
  const word = (letters: string) => fc.string({ unit: fc.constantFrom(...letters), maxLength: 9 });
  fc.assert(
    fc.property(word('ab*?'), word('ab😀'), (source, text) => {
      assert.equal(compileWildcard(pattern(source))(text), matches(pattern(source), [...text]));
    }),
    cases('property'),
  );
});

test('beyond a machine word too', () => {
  const letter = fc.constantFrom('a', 'b', '*', '?');
  fc.assert(
    fc.property(
      fc.array(letter, { minLength: 28, maxLength: 80 }),
      fc.nat(80),
      fc.boolean(),
      (letters, length, fits) => {
        const source = letters.join('').replaceAll(/\*+/g, '*');
        const fitting = source.replaceAll('*', 'ab').replaceAll('?', 'b');
        const text = fits ? fitting : fitting.slice(0, length);
        const regex = new RegExp(`^${source.replaceAll('*', '.*').replaceAll('?', '.')}$`);
        if (source.split('*').length < 5) assert.equal(compileWildcard(pattern(source))(text), regex.test(text));
        if (fits) assert(compileWildcard(pattern(source))(text));
      },
    ),
    cases('property'),
  );
});

/** Patterns that send a search back and forth. */
const TRAPS: readonly string[] = [`${'*a'.repeat(1_000)}*b`, `*${'a?'.repeat(1_000)}b`, `*${'a'.repeat(4_000)}b*`];

for (const trap of TRAPS) {
  test(`looks at each character once: ${trap.slice(0, 9)}…`, () => {
    let looks = 0;
    const text = function* (): Iterable<string> {
      for (; looks < 20_000; looks++) yield 'a';
    };
    assert.equal(compileWildcard(pattern(trap))(text()), false);
    assert.equal(looks, 20_000);
  });
}

for (const field of ['', 'name:', 'email:', 'app_metadata.plan:']) {
  test(`a search goes by it: ${field}*a*a*…b`, () => {
    const find = compileLucene(parseLucene(`${field}${'*a'.repeat(30)}*b`));
    const value = 'a'.repeat(200);
    const user = { user_id: '1', name: value, email: value, app_metadata: { plan: value } };
    // Against a search without end, which nothing else would stop: one that goes by it needs no time worth naming.
    assert.equal(runInNewContext('find(user)', { find, user }, { timeout: 60_000 }), false);
  });
}
