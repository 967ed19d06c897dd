import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  escapeTerm,
  quotePhrase,
  searchProblem,
  toUserQuery,
  understood,
} from '../../../src/management/listing/search';

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

const JANE = 'email:"jane@example.com"';
const LIST = 'https://acme.eu.auth0.com/api/v2/users';
const PAGE = 'https://manage.auth0.com/dashboard/eu/acme/users';

// biome-ignore format: a table
const FORMS: readonly [group: string, cases: readonly [typed: string, kind: string, q: string][]][] = [
  ['spaces around the colon', [
    ['email: "jane@example.com"', 'lucene', JANE], ['email : "jane@example.com"', 'lucene', JANE], ['email :"jane@example.com"', 'lucene', JANE],
    ['email: jane@example.com', 'lucene', 'email:jane@example.com'], ['name: Jane Doe', 'lucene', 'name:"Jane Doe"'],
    ['user_metadata.hobby: "surfing"', 'lucene', 'user_metadata.hobby:"surfing"'], ['tier: "gold"', 'lucene', 'tier:"gold"'],
    ['name: jane AND blocked: true', 'lucene', 'name:jane AND blocked:true'], ['logins_count: [100 TO *]', 'lucene', 'logins_count:[100 TO *]'],
    ['_exists_: user_metadata.hobby', 'lucene', '_exists_:user_metadata.hobby'], ['NOT ( email : "a@b.c" )', 'lucene', 'NOT ( email:"a@b.c" )'],
    ['user_id: auth0|5f7c', 'lucene', 'user_id:auth0|5f7c'], ['Email: "jane@example.com"', 'lucene', JANE], ['email：jane@example.com', 'lucene', 'email:jane@example.com'],
  ]],
  ['quotes of other sorts', [
    ['user_metadata.city:”Seattle”', 'lucene', 'user_metadata.city:"Seattle"'], ['city:”Seattle”', 'lucene', 'city:"Seattle"'],
    ['email:“jane@example.com”', 'lucene', JANE], ['email: „jane@example.com“', 'lucene', JANE], ['name:« Jane »', 'lucene', 'name:" Jane "'],
    ["email:'jane@example.com'", 'lucene', JANE], ['email:‘jane@example.com’', 'lucene', JANE], ['email:`jane@example.com`', 'lucene', JANE],
    ['email:"jane@example.com”', 'lucene', JANE], ['name:"Jane “JJ” Doe"', 'lucene', 'name:"Jane “JJ” Doe"'],
    ["name:O'Brien", 'lucene', "name:O'Brien"], ["email:o'brien@example.com", 'lucene', "email:o'brien@example.com"],
    ['“Jane Doe” OR “John Roe”', 'lucene', '"Jane Doe" OR "John Roe"'],
  ]],
  ['= for a colon, JSON', [
    ['email="jane@example.com"', 'lucene', JANE], ['email = "jane@example.com"', 'lucene', JANE], ['app_metadata.plan="full"', 'lucene', 'app_metadata.plan:"full"'],
    ["hobby='surfing'", 'lucene', 'hobby:"surfing"'], ['email=jane@example.com', 'lucene', 'email:jane@example.com'],
    ['"email": "jane@example.com",', 'lucene', JANE], ['"email":"jane@example.com", "name":"Jane"', 'lucene', `${JANE} name:"Jane"`],
    ['"user_id": "auth0|1"', 'lucene', 'user_id:"auth0|1"'], ['"email":"jane@example.com","name":"Jane"', 'lucene', `${JANE} name:"Jane"`],
    ['"logins_count": 5, "blocked": true,', 'lucene', 'logins_count:5 blocked:true'], ['email:"jane@example.com",name:Jane', 'lucene', `${JANE} name:Jane`],
    ['"jane", "joe"; blocked:true', 'lucene', '"jane" "joe" blocked:true'], ['logins_count:[1 TO 2], blocked:true', 'lucene', 'logins_count:[1 TO 2] blocked:true'],
    ['{"email":"jane@example.com","blocked":true}', 'lucene', `${JANE} blocked:true`], ['{ "user_id": "auth0|1" },', 'lucene', 'user_id:"auth0|1"'],
    ['"email":"jane@example.com"\n, "name":"Jane"', 'lucene', `${JANE} name:"Jane"`],
    ['name:a,b', 'lucene', 'name:a,b'], ['state:OR, blocked:true', 'lucene', 'state:"OR" blocked:true'],
  ]],
  ['fields with nothing but a quote before them', [
    ['jane\\ "name":"x" OR email:y', 'lucene', 'jane\\  name:"x" OR email:y'], ['"x"\\ OR :"x"', 'lucene', '"x" \\ OR:"x"'],
    ['email:y "jane"name:"x"', 'lucene', 'email:y "jane" name:"x"'],
    ['email:y NOT"name":"x"', 'lucene', 'email:y NOT name:"x"'], ['-"name":"x"', 'lucene', '-name:"x"'], ['(a:b)name:"x"', 'lucene', '(a:b) name:"x"'],
    ['jane OR „email„=x', 'lucene', 'jane OR email:x'], ['a:b\\("name":"x"', 'lucene', 'a:b\\( name:"x"'], ['a:b\\\\ && c', 'lucene', 'a:b\\\\ && c'],
  ]],
  ['q=, encoded or not, in a URL or not', [
    ['q=email:"jane@example.com"', 'lucene', JANE], ['q=email%3A%22jane%40example.com%22', 'lucene', JANE], ['?q=email:"jane@example.com"&search_engine=v3', 'lucene', JANE],
    ['q=email:“jane@example.com”', 'lucene', JANE], ['q=jane@example.com', 'email', JANE], ['email%3A%22jane%40example.com%22', 'lucene', JANE],
    [`${LIST}?q=email%3A%22jane%40example.com%22&search_engine=v3`, 'lucene', JANE], [`${LIST}?per_page=5&q=email:%22jane@example.com%22`, 'lucene', JANE],
    [`GET ${LIST}?q=name%3A%22jane+doe%22`, 'lucene', 'name:"jane doe"'], ['/api/v2/users?q=name%3A%22jane%20doe%22&page=0', 'lucene', 'name:"jane doe"'],
    ['users?q=a:b && c:d&search_engine=v3', 'lucene', 'a:b && c:d'], ['q=email:"jane+test@example.com"', 'lucene', 'email:"jane+test@example.com"'],
    ['q=email%3Ajane%2Btest%40example.com', 'lucene', 'email:jane+test@example.com'], ['q=q=blocked:true', 'lucene', 'blocked:true'],
    [`${LIST}?q=logins_count:[100 TO *]&search_engine=v3`, 'lucene', 'logins_count:[100 TO *]'],
  ]],
  ['ids', [
    ['auth0%7C1', 'id', 'user_id:"auth0|1"'], ['auth0%7c5f7c8ec7c33c6c004bbafe82', 'id', 'user_id:"auth0|5f7c8ec7c33c6c004bbafe82"'],
    ['auth0%257C1', 'id', 'user_id:"auth0|1"'], ['samlp%7Cconn%7Cuser%40domain.com', 'id', 'user_id:"samlp|conn|user@domain.com"'],
    ['auth0|x%3Ay', 'id', 'user_id:"auth0|x%3Ay"'], ['auth0%7Cx%253Ay', 'id', 'user_id:"auth0|x%3Ay"'],
    ['"auth0|1"', 'id', 'user_id:"auth0|1"'], ["'auth0|1',", 'id', 'user_id:"auth0|1"'], ['<auth0|1>', 'id', 'user_id:"auth0|1"'], ['`auth0|1`;', 'id', 'user_id:"auth0|1"'],
    ['auth0|user(1)', 'id', 'user_id:"auth0|user(1)"'], ['("auth0|1")', 'id', 'user_id:"auth0|1"'], ['auth0|\u200b1\ufeff', 'id', 'user_id:"auth0|1"'],
    [`${LIST}/auth0%7C1`, 'id', 'user_id:"auth0|1"'], [`GET ${LIST}/auth0%7C1/roles?page=0`, 'id', 'user_id:"auth0|1"'], ['/api/v2/users/auth0|1', 'id', 'user_id:"auth0|1"'],
    [`${PAGE}/auth0%7C5f7c`, 'id', 'user_id:"auth0|5f7c"'], [`${PAGE}/auth0%257C5f7c/details#raw`, 'id', 'user_id:"auth0|5f7c"'], [`${PAGE}/auth0|5f7c`, 'id', 'user_id:"auth0|5f7c"'],
    // What the dashboard writes itself: base64 of the encoded id.
    [`${PAGE}/YXV0aDAlN0M2MWVjNTJlOGEzY2YyNTAwNjhiOGNlZmU`, 'id', 'user_id:"auth0|61ec52e8a3cf250068b8cefe"'],
    ['https://manage.auth0.com/#/users/YXV0aDB8NTVjZmQ4ZGJjZDFhOTEzZDY3MGIxOTdh', 'id', 'user_id:"auth0|55cfd8dbcd1a913d670b197a"'],
  ]],
  ['e-mail addresses', [
    ['Jane Doe <jane@example.com>', 'email', JANE], ['"Doe, Jane" <jane@example.com>,', 'email', JANE], ['<jane@example.com>', 'email', JANE],
    ['mailto:jane@example.com', 'email', JANE], ['mailto:jane%40example.com?subject=Hi', 'email', JANE], ['Jane <mailto:jane@example.com>', 'email', JANE],
    ['"jane@example.com"', 'email', JANE], ["'jane@example.com',", 'email', JANE], ['(jane@example.com)', 'email', JANE], ['[jane@example.com];', 'email', JANE],
    ['jane@example.com.', 'email', JANE], ['“jane@example.com”', 'email', JANE], ['"jane@example.com', 'email', JANE], ['jane%40example.com', 'email', JANE],
    ['\u00a0jane@example.com\u00a0', 'email', JANE], ['jane@\u200bexample.com', 'email', JANE], ['\ufeffjane@example.com\r\n', 'email', JANE],
    ["o'brien+test@example.com", 'email', 'email:"o\'brien+test@example.com"'], [`${LIST}-by-email?email=jane%40example.com`, 'email', JANE],
  ]],
  ['values that need a backslash', [
    ['phone_number:+4930', 'lucene', 'phone_number:\\+4930'], ['logins_count:-1', 'lucene', 'logins_count:\\-1'], ['picture:https://x.com/a', 'lucene', 'picture:https\\:\\/\\/x.com\\/a'],
    ['created_at:2026-01-15T10:00:00.000Z', 'lucene', 'created_at:2026-01-15T10\\:00\\:00.000Z'], ['user_id:samlp|urn:x|1', 'lucene', 'user_id:samlp|urn\\:x|1'],
    ['name:wow! OR blocked:true', 'lucene', 'name:wow\\! OR blocked:true'], ['name:a~b^c', 'lucene', 'name:a\\~b\\^c'],
    ['name:jane~1 OR name:doe^2', 'lucene', 'name:jane~1 OR name:doe^2'], ['https://x.com AND blocked:true', 'lucene', 'https\\:\\/\\/x.com AND blocked:true'],
    ['Re: hello AND blocked:true', 'lucene', 'Re\\: hello AND blocked:true'], ['blocked:true&&name:a', 'lucene', 'blocked:true && name:a'],
  ]],
  ['spaces of other sorts', [
    ['name:"Jane\u00a0Doe"', 'lucene', 'name:"Jane Doe"'], ['blocked:true\u00a0AND\u00a0name:a', 'lucene', 'blocked:true AND name:a'],
    ['blocked:true\nAND\tname:a', 'lucene', 'blocked:true AND name:a'],
  ]],
];

for (const [group, cases] of FORMS) {
  test(group, () => {
    for (const [typed, kind, q] of cases) {
      const query = toUserQuery(typed);
      assert.deepEqual([query?.kind, query?.q], [kind, q], typed);
      assert.equal(toUserQuery(q)?.q, q, `${q}, pasted`);
      assert.equal(toUserQuery(understood(typed))?.q, q, `${understood(typed)}, typed`);
    }
  });
}

test('words that only look like fields, operators or wrappings stay words', () => {
  // biome-ignore format: a table
  for (const typed of [
    'https://example.com', 'http://localhost:3000/a?b=c', '12:30', 'Re: hello', 'AW: Re: hello', 'odd: (one)', 'C:\\Users', 'urn:ietf:x', 'tel:+4930', 'note:', 'a=b', '1+1=2',
    'OR', 'and', 'rock and roll', ':-)', 'jane: doe', '%41', '100%', 'Jane <3', '"Jane Doe"', 'ab|', 'manage.auth0.com/users', 'کتاب‌خانه',
  ]) {
    assert.equal(toUserQuery(typed)?.kind, 'words', typed);
    assert.equal(searchProblem(typed), undefined);
    assert.equal(understood(typed), typed);
  }
});

// biome-ignore format: a table
const PROBLEMS: readonly [problem: string | undefined, typed: readonly string[]][] = [
  ['quote', ['email:"jane@example.com', 'name:jo"hn', 'email: “jane', 'blocked:true AND "jane']],
  ['bracket', ['(name:a', 'name:a)', 'name:(a OR b', 'name:a]', 'logins_count:5 TO 6]', 'blocked:true)name:a', `name:${'('.repeat(60)}`]],
  ['operator', ['blocked:true AND', 'AND blocked:true', 'name:a OR OR name:b', 'NOT NOT name:a', 'jane OR', 'name:a NOT', '+ -name:a']],
  ['value', ['NOT "x", ="y"', 'email:', 'email: ', 'name: AND blocked:true', '(email:)', '()', 'NOT (email:)']],
  ['range', ['logins_count:[1 TO', 'logins_count:[1 2]', '[1 TO 2] OR a', 'logins_count:[TO 2]', 'created_at: {2026}']],
  ['backslash', ['name:a\\']],
  ['nothing', ['*', '"', '“”', ',', '\u200b*']],
  [undefined, ['', '   ', 'jane', 'email:"jane@example.com"', 'jo"hn', '(jane', 'Jane [x', 'auth0|"']],
];

for (const [problem, inputs] of PROBLEMS) {
  test(`problem: ${problem ?? 'none'}`, () => {
    for (const typed of inputs) {
      assert.equal(searchProblem(typed), problem, typed);
      if (problem) assert.equal(toUserQuery(typed), undefined, typed);
    }
  });
}

test('what was understood is said in few words', () => {
  assert.equal(understood(`${PAGE}/auth0%7C5f7c`), 'auth0|5f7c');
  assert.equal(understood('Jane <jane@example.com>'), 'jane@example.com');
  assert.equal(understood('email: "jane@example.com"'), JANE);
  assert.equal(understood('  jane\u00a0doe '), 'jane doe');
});

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
