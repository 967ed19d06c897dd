// How much the parser takes. What else it refuses, and the range it blames, is a table in ../metadata/document.test.ts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_VALUES, parseJson } from '../../../src/json/parse';

test('more values than any profile has are refused, whatever they are', () => {
  const full = (value: string, count: number) => `[${Array.from({ length: count }, () => value).join()}]`;
  for (const value of ['0', '""', '[]', '{}', 'null', 'true', '{"a":1}', '[[]]']) {
    const inEach = value.startsWith('{"') || value === '[[]]' ? 2 : 1;
    const count = Math.ceil(MAX_VALUES / inEach);
    const { value: parsed, problems } = parseJson(full(value, count));
    assert.deepEqual([parsed, problems.at(-1)?.code], [undefined, 'tooManyValues'], value);
    assert.equal(parseJson(full(value, count - 1)).problems.length, 0, value);
  }
});
