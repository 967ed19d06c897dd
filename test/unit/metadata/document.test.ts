// What keeps a text from being saved, and the exact range that is to blame.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDocument, metadataOf, parseDocument } from '../../../src/metadata/document';
import { json, metadata } from '../../support/json';

const both = (user: string, app = '{}') => `{"user_metadata": ${user}, "app_metadata": ${app}}`;

const PROBLEMS: readonly [rule: string, text: string, code: string, blamed: string][] = [
  ['an empty text', '', 'valueExpected', ''],
  ['a comment', both('{"a": /* no */ 1}'), 'commentNotAllowed', '/'],
  ['a trailing comma', both('{"a": 1,}'), 'trailingComma', ','],
  ['a missing value', both('{"a": }'), 'valueExpected', '}'],
  ['a missing comma', both('{"a": 1 "b": 2}'), 'commaExpected', '"'],
  ['a missing colon', both('{"a" 1}'), 'colonExpected', '1'],
  ['a bare word', both('{"a": yes}'), 'valueExpected', 'yes'],
  ['a bare key', both('{a: 1}'), 'keyExpected', 'a'],
  ['single quotes', both("{'a': 1}"), 'keyExpected', "'"],
  ['an open string', '{"user_metadata": "abc', 'unterminatedString', '"abc'],
  ['a bad escape', both('{"a": "\\x"}'), 'badEscape', '\\x'],
  ['a raw control character', both('{"a": "\u0001"}'), 'controlCharacter', '\u0001'],
  ['a leading zero', both('{"a": 007}'), 'badNumber', '007'],
  ['a number that ends in a dot', both('{"a": 1.}'), 'badNumber', '1.'],
  ['text behind the document', `${both('{}')} x`, 'textAfterValue', 'x'],
  ['a root that is no object', '[1]', 'notAnObject', '[1]'],
  ['a key beside the two sections', `{"email": 1, ${both('{}').slice(1)}`, 'unknownKey', '"email"'],
  ['a section that is no object', both('[]'), 'sectionNotAnObject', '[]'],
  ['a section that is null', both('null'), 'sectionNotAnObject', 'null'],
  ['a section that is missing', '{"user_metadata": {}}', 'missingSection', '}'],
  ['a duplicate key', both('{"a": 1, "b": {"x": 1, "x": 2}}'), 'duplicateKey', '"x"'],
  ['a duplicate key spelled with an escape', both('{"a": 1, "\\u0061": 2}'), 'duplicateKey', '"\\u0061"'],
  ['null at a metadata root', both('{}', '{"a": null}'), 'nullAtRoot', 'null'],
  ['a lone surrogate in an escape', both('{"a": "x\\ud800"}'), 'loneSurrogate', '"x\\ud800"'],
  ['a lone surrogate in a key', both('{"\\udc00": 1}'), 'loneSurrogate', '"\\udc00"'],
  ['a raw lone surrogate', both('{"a": "\ud800"}'), 'loneSurrogate', '"\ud800"'],
  ['a number beyond every double', both('{"a": -1e400}'), 'numberOutOfRange', '-1e400'],
];
for (const [rule, text, code, blamed] of PROBLEMS) {
  test(`document: ${rule}`, () => {
    const { metadata: parsed, problems } = parseDocument(text);
    const [problem] = problems;
    assert(problem);
    assert.deepEqual([problem.code, text.slice(problem.offset, problem.end)], [code, blamed]);
    assert.equal(parsed, undefined);
  });
}

test('document: problems come in the order of the text', () => {
  const { problems } = parseDocument(both('{"a": null, "b": 1, "b": 1e999}', '7'));
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['nullAtRoot', 'duplicateKey', 'numberOutOfRange', 'sectionNotAnObject'],
  );
});

test('document: odd keys are keys like any other', () => {
  const { metadata: parsed } = parseDocument(both('{"__proto__": 1, "": 2, "a b": 3, "constructor": 4}'));
  assert.deepEqual(
    parsed?.user_metadata.members.map(({ key }) => key),
    ['__proto__', '', 'a b', 'constructor'],
  );
});

test('document: a surrogate pair, a null below the root and 2 ** 60 are fine', () => {
  assert.deepEqual(
    parseDocument(both('{"a": "😀\\ud83d\\ude00", "b": {"c": null}, "d": 1152921504606846976}')).problems,
    [],
  );
});

test('document: nesting up to 10,000 is read without a stack, deeper is a problem', () => {
  const nested = (levels: number) => both(`{"a": ${'['.repeat(levels)}${']'.repeat(levels)}}`);
  assert.deepEqual(parseDocument(nested(9_998)).problems, []);
  assert.equal(parseDocument(nested(9_999)).problems[0]?.code, 'tooDeep');
});

test('document: two spaces, a newline at the end, numbers and order as the server has them', () => {
  const profile = json('{"app_metadata":{"n":1.0,"10":1,"2":12345678901234567890},"user_metadata":{}}');
  assert(profile.type === 'object');
  assert.equal(
    formatDocument(metadataOf(profile)),
    '{\n  "user_metadata": {},\n  "app_metadata": {\n    "n": 1.0,\n    "10": 1,\n    "2": 12345678901234567890\n  }\n}\n',
  );
});

test('document: what the service leaves out is empty', () => {
  assert.deepEqual(parseDocument(formatDocument(metadata({}))).problems, []);
});
