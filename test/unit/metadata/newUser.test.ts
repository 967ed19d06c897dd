// A new user's document: what cannot be sent as it was typed is refused, with the range that is to blame.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toCreateBody } from '../../../src/metadata/newUser';

const HALVES = ['\ud83d', '\udc00', 'a\ud83d', '\ud83d\ud83d', '\\ud83d', '\\uDC00', 'x\\ud83dy'];
const PLACES: readonly (readonly [string, (half: string) => string])[] = [
  ['the password', half => `{"connection":"c","password":"${half}"}`],
  ['the connection', half => `{"connection":"${half}"}`],
  ['a value of the metadata', half => `{"connection":"c","user_metadata":{"a":{"b":["${half}"]}}}`],
  ['a key of the metadata', half => `{"connection":"c","app_metadata":{"${half}":1}}`],
  ['a key of the user', half => `{"connection":"c","${half}":1}`],
];

for (const [place, textOf] of PLACES) {
  for (const half of HALVES) {
    test(`half of a surrogate pair (${JSON.stringify(half)}) in ${place} is refused`, () => {
      const text = textOf(half);
      const result = toCreateBody(text);
      assert('problems' in result);
      const [problem] = result.problems;
      assert(problem);
      assert.equal(problem.code, 'loneSurrogate');
      assert.equal(text.slice(problem.offset, problem.end), `"${half}"`);
    });
  }
}

test('whole pairs are sent as they are', () => {
  const text = '{"connection":"c","password":"\ud83d\ude00\\ud83d\\ude00"}';
  assert.deepEqual(toCreateBody(text), { body: '{"connection":"c","password":"\ud83d\ude00\ud83d\ude00"}' });
});
