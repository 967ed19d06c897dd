// The JSON layer: numbers, equality, writing and paths, one case a line.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonEqual } from '../../../src/json/equal';
import { sameNumber } from '../../../src/json/number';
import { formatPath } from '../../../src/json/path';
import { writeJson } from '../../../src/json/write';
import { json } from '../../support/json';

const NUMBERS: readonly [a: string, b: string, same: boolean][] = [
  ['1', '1', true],
  ['1', '1.0', true],
  ['100', '1e2', true],
  ['0.1', '0.10', true],
  ['-0', '0', true],
  ['1e-2', '0.01', true],
  ['1', '2', false],
  ['1', '-1', false],
  ['12345678901234567890', '12345678901234567890', true],
  ['12345678901234567890', '12345678901234567891', false],
  ['9007199254740993', '9007199254740992', false],
  ['0.1', '0.1000000000000000055511151231257827', false],
  ['1e400', '1e400', true],
  ['1e400', '1e401', false],
];
for (const [a, b, same] of NUMBERS) {
  test(`number: ${a} ${same ? 'is' : 'is not'} ${b}`, () => assert.equal(sameNumber(a, b), same));
}

test('equal: keys in any order, duplicates by their last, deep without a stack', () => {
  const deep = `${'{"a":['.repeat(4000)}${']}'.repeat(4000)}`;
  assert(jsonEqual(json('{"a":1,"b":[{}]}'), json('{"b":[{}],"a":1.0}')));
  assert(!jsonEqual(json('{"a":1}'), json('{"__proto__":1}')));
  assert(!jsonEqual(json('[]'), json('{}')));
  assert(!jsonEqual(json('[1]'), json('[1,2]')));
  assert(jsonEqual(json(deep), json(deep)));
  assert(!jsonEqual(undefined, json('null')));
});

test('write: one line or indented, nothing of the source lost', () => {
  const text = '{"b":1.0,"a":[],"c":{"":[1e3,"\\u2028é"]},"1":{}}';
  assert.equal(writeJson(json(text)), text.replace('\\u2028', '\u2028'));
  assert.equal(writeJson(json('{"a":[1,{"b":2}]}'), 2), JSON.stringify({ a: [1, { b: 2 }] }, null, 2));
});

test('path: plain keys with dots, odd ones quoted', () => {
  assert.equal(formatPath(['user_metadata', 'a b', 0, 'c', '', 'x.y']), 'user_metadata["a b"][0].c[""]["x.y"]');
});
