import assert from 'node:assert/strict';
import { test } from 'node:test';
import { escapeTerm, quotePhrase, toUserQuery } from '../../../src/management/search';

const KINDS: readonly (readonly [string, string | undefined])[] = [
  ['', undefined],
  ['   ', undefined],
  ['*', undefined],
  ['auth0|5f7c8ec7c33c6c004bbafe82', 'id'],
  ['google-oauth2|103547991597142817347', 'id'],
  ['samlp|conn|user@domain.com', 'id'],
  ['auth0|a b', 'id'],
  ['jane.doe@example.com', 'email'],
  ['  jane+test@example.co.uk ', 'email'],
  ['@example.com', 'words'],
  ['jane@', 'words'],
  ['jane', 'words'],
  ['Jane Doe', 'words'],
  ['https://example.com', 'words'],
  ['rock and roll', 'words'],
  ['(555) 123', 'words'],
  ['email:"jane@x.com"', 'lucene'],
  ['user_metadata.hobby:surfing', 'lucene'],
  ['logins_count:[100 TO *]', 'lucene'],
  ['_exists_:blocked', 'lucene'],
  ['-blocked:true', 'lucene'],
  ['NOT blocked:true', 'lucene'],
  ['jane OR john', 'lucene'],
  ['(jane john)', 'lucene'],
  ['email:"a@b.c" || name:x', 'lucene'],
  ['user_id:"auth0|1"', 'lucene'],
];

for (const [input, kind] of KINDS) {
  test(`${JSON.stringify(input)} is ${kind ?? 'nothing'}`, () => assert.equal(toUserQuery(input)?.kind, kind));
}

test('an id is asked for as a phrase', () =>
  assert.deepEqual(toUserQuery('auth0|a"b'), { kind: 'id', id: 'auth0|a"b', q: 'user_id:"auth0|a\\"b"' }));

test('an e-mail is asked for as a phrase', () =>
  assert.deepEqual(toUserQuery(' Jane@Example.com'), {
    kind: 'email',
    email: 'Jane@Example.com',
    q: 'email:"Jane@Example.com"',
  }));

test('Lucene is left alone', () => assert.equal(toUserQuery(' a:b  AND c ')?.q, 'a:b  AND c'));

test('a word is searched inside names and e-mails, and at the start of the rest', () =>
  assert.equal(
    toUserQuery('jane')?.q,
    '(name:*jane* OR email:*jane* OR nickname:jane* OR username:jane* OR given_name:jane* OR family_name:jane*)',
  ));

test('a leading wildcard wants three characters', () => {
  assert.match(toUserQuery('jo')?.q ?? '', /^\(name:jo\* OR email:jo\* OR /);
  assert.match(toUserQuery('joe')?.q ?? '', /^\(name:\*joe\* /);
});

test('every word must be found', () =>
  assert.match(toUserQuery('jane doe')?.q ?? '', /^\(name:\*jane\*.*\) AND \(name:\*doe\*.*\)$/));

test('digits may be a phone number', () => {
  assert.match(toUserQuery('+4930')?.q ?? '', / OR phone_number:\\\+4930\*\)$/);
  assert.doesNotMatch(toUserQuery('jane')?.q ?? '', /phone_number/);
});

test('stars and quotes around a word are no part of it', () =>
  assert.equal(toUserQuery('"jane*"')?.q, toUserQuery('jane')?.q));

test('no query of words names a metadata field, where wildcards do not work', () =>
  assert.doesNotMatch(toUserQuery('surfing')?.q ?? '', /metadata/));

const TERMS: readonly (readonly [string, string])[] = [
  ['jane', 'jane'],
  ['a b', 'a\\ b'],
  ['a:b', 'a\\:b'],
  ['a&&b||c', 'a\\&\\&b\\|\\|c'],
  ['(1+1):2', '\\(1\\+1\\)\\:2'],
  ['a\\b', 'a\\\\b'],
  ['*?~^"', '\\*\\?\\~\\^\\"'],
  ['[x]{y}!-/', '\\[x\\]\\{y\\}\\!\\-\\/'],
];

for (const [text, term] of TERMS) test(`the term ${text}`, () => assert.equal(escapeTerm(text), term));

test('in a phrase only quotes and backslashes are escaped', () =>
  assert.equal(quotePhrase('a "b" \\ c* AND (d)'), '"a \\"b\\" \\\\ c* AND (d)"'));
