// `q`: what it finds, one line a case, over HTTP.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/http/server';
import { isArray, type JsonObject } from '../../../src/sandbox/json';
import { at, call } from './client';

/** Found by the letter behind `|`. */
const USERS: readonly JsonObject[] = [
  {
    user_id: 'auth0|a',
    email: 'jane.doe@example.com',
    name: 'Jane Doe',
    given_name: 'Jane',
    family_name: 'Doe',
    nickname: 'JD',
    username: 'JaneD',
    blocked: false,
    logins_count: 5,
    created_at: '2026-01-15T10:00:00.000Z',
    updated_at: '2026-02-01T00:00:00.000Z',
    last_login: '2026-02-01T00:00:00.000Z',
    user_metadata: { hobby: 'surfing', 'favorite color': 'teal', shoe_size: 42.5, newsletter: true },
    app_metadata: { plan: 'full', subscription: { plan: 'gold', seats: 12 }, roles: ['admin', 'editor'] },
  },
  {
    user_id: 'google-oauth2|b',
    email: 'Bob.Smith@Example.org',
    name: 'Bob Smith',
    nickname: 'bob (work)',
    blocked: true,
    logins_count: 100,
    created_at: '2026-01-31T23:59:59.999Z',
    updated_at: '2026-03-01T00:00:00.000Z',
    user_metadata: { hobby: 'Surfing', addresses: [{ city: 'Paris' }, { city: 'Rome', tags: ['old'] }] },
    app_metadata: { plan: 'free', subscription: { plan: 'silver', seats: 2 }, empty: {}, none: [], nothing: null },
  },
  {
    user_id: 'samlp|acme|c',
    email: 'carol+test@example.com',
    name: 'Carol "CJ" Jones',
    given_name: 'Carol',
    created_at: '2026-02-01T00:00:00.000Z',
    updated_at: '2026-02-01T00:00:00.000Z',
    user_metadata: {},
    app_metadata: { plan: 'FULL', path: 'a:b/c\\d' },
  },
];

// biome-ignore format: a table
const CASES: readonly [group: string, cases: readonly [q: string, found: string][]][] = [
  ['fields match the whole value', [
    ['email:"jane.doe@example.com"', 'a'], ['name:"jane doe"', 'a'], ['name:jane', ''], ['given_name:jane', 'a'],
    ['user_id:"auth0|a"', 'a'], ['user_id:auth0|a', 'a'], ['user_id:auth0', ''], ['username:"JaneD"', 'a'],
    ['identities.connection:"google-oauth2"', 'b'], ['identities.provider:samlp', 'c'], ['connection:"google-oauth2"', ''],
    ['email.domain:"example.com"', 'ac'], ['email.domain:EXAMPLE.org', 'b'], ['nobody:x', ''], ['constructor:x', ''],
  ]],
  ['case counts but for e-mail and names', [
    ['email:"BOB.smith@example.ORG"', 'b'], ['nickname:jd', 'a'], ['name:"CAROL \\"cj\\" JONES"', 'c'],
    ['username:janed', ''], ['user_metadata.hobby:surfing', 'a'], ['user_metadata.hobby:"Surfing"', 'b'], ['app_metadata.plan:full', 'a'],
  ]],
  ['metadata by path, arrays skip their level', [
    ['app_metadata.subscription.plan:"gold"', 'a'], ['app_metadata.roles:editor', 'a'], ['user_metadata.addresses.city:"Rome"', 'b'],
    ['user_metadata.addresses.tags:old', 'b'], ['user_metadata.favorite\\ color:teal', 'a'], ['app_metadata.subscription:gold', ''],
    ['user_metadata.addresses:"Paris"', ''], ['app_metadata.path:"a:b/c\\\\d"', 'c'], ['app_metadata.path:a\\:b\\/c\\\\d', 'c'],
  ]],
  ['numbers and flags', [
    ['logins_count:100', 'b'], ['logins_count:"5"', 'a'], ['blocked:true', 'b'], ['blocked:false', 'a'], ['user_metadata.shoe_size:42.5', 'a'],
    ['user_metadata.newsletter:true', 'a'], ['app_metadata.subscription.seats:12', 'a'],
  ]],
  ['wildcards, not in user_metadata', [
    ['name:jan*', 'a'], ['name:J*', 'a'], ['email:*@example.com', 'ac'], ['email:*smith*', 'b'], ['name:c*jones', 'c'],
    ['given_name:jan\\?', ''], ['user_metadata.hobby:surf*', ''], ['app_metadata.plan:fu*', 'a'], ['name:jane\\*', ''], ['user_id:auth0*', 'a'],
  ]],
  ['ranges', [
    ['logins_count:[5 TO 100]', 'ab'], ['logins_count:{5 TO 100]', 'b'], ['logins_count:[5 TO 100}', 'a'], ['logins_count:[6 TO *]', 'b'],
    ['logins_count:[* TO 99]', 'a'], ['user_metadata.shoe_size:[1 TO 100]', ''], ['app_metadata.subscription.seats:[3 TO *]', 'a'],
    ['name:[b TO c]', 'b'], ['logins_count:["5" TO "5"]', 'a'],
  ]],
  ['dates stand for their whole period', [
    ['created_at:[2026-01-01 TO 2026-01-31]', 'ab'], ['created_at:[2026-01 TO 2026-01]', 'ab'], ['created_at:[2026-02 TO *]', 'c'],
    ['created_at:{2026-01 TO *]', 'c'], ['created_at:[* TO 2026-02-01}', 'ab'], ['created_at:2026-01-15', 'a'], ['created_at:[2026 TO 2026]', 'abc'],
    ['created_at:[2026-01-15T10:00:00.000Z TO 2026-01-15T10:00:00.000Z]', 'a'], ['created_at:["2026-02-01T00:00:00.000Z" TO *]', 'c'],
    ['created_at:[2026-02-01T01:00:00+01:00 TO *]', 'c'], ['updated_at:{2016-01-01 TO *}', 'abc'],
  ]],
  ['_exists_', [
    ['_exists_:logins_count', 'ab'], ['_exists_:user_metadata.hobby', 'ab'], ['_exists_:app_metadata.subscription', 'ab'],
    ['_exists_:app_metadata.empty', ''], ['_exists_:app_metadata.none', ''], ['_exists_:app_metadata.nothing', ''], ['NOT _exists_:logins_count', 'c'],
    ['_exists_:user_metadata', 'ab'], ['username:*', 'a'],
    ['_exists_:"logins_count"', 'ab'], ['_exists_:"user_metadata.hobby"', 'ab'], ['_exists_ : logins_count', 'ab'], ['NOT _exists_:"app_metadata.empty"', 'abc'],
    ['_exists_:(username logins_count)', 'ab'], ['_exists_:"nobody"', ''],
  ]],
  ['words without a field: in the profile, never in metadata', [
    ['jane', 'a'], ['doe', 'a'], ['"jane doe"', 'a'], ['"doe jane"', ''], ['jane.doe@example.com', 'a'], ['SMITH', 'b'], ['surfing', ''], ['smi*', 'b'],
    ['example', 'abc'], ['gold', ''],
  ]],
  ['operators, as the classic parser has them', [
    ['given_name:jane AND blocked:false', 'a'], ['given_name:jane OR blocked:true', 'ab'], ['given_name:jane blocked:true', 'ab'],
    ['given_name:jane && blocked:true', ''], ['given_name:jane || blocked:true', 'ab'], ['NOT blocked:true', 'ac'], ['-blocked:true', 'ac'], ['!blocked:true', 'ac'],
    ['+email.domain:example.com -given_name:jane', 'c'], ['email.domain:example.com AND NOT given_name:jane', 'c'],
    ['given_name:jane OR given_name:carol AND app_metadata.plan:FULL', 'c'], ['(given_name:jane OR given_name:carol) AND email.domain:example.com', 'ac'],
    ['given_name:(jane OR carol)', 'ac'], ['NOT (blocked:true OR given_name:jane)', 'c'], ['jane and doe', 'a'], ['given_name:jane^2 OR blocked:true', 'ab'],
    ['given_name:jane~1', 'a'], ['*', 'abc'], ['*:*', 'abc'], ['  given_name:jane  ', 'a'], ['given_name: jane', 'a'],
  ]],
  ['spaces around a colon, fields inside of a field’s group', [
    ['email : "jane.doe@example.com"', 'a'], ['email :"jane.doe@example.com"', 'a'], ['email: "jane.doe@example.com"', 'a'], ['blocked : true OR given_name : jane', 'ab'],
    ['logins_count : [6 TO *]', 'b'], ['given_name:(jane OR blocked:true)', 'ab'], ['given_name:(jane AND (doe OR family_name : doe))', 'a'],
  ]],
  ['NOT beside OR is one of two that are enough, beside AND it excludes', [
    ['(NOT _exists_:logins_count OR logins_count:0)', 'c'], ['NOT _exists_:logins_count OR logins_count:5', 'ac'], ['logins_count:5 OR NOT _exists_:logins_count', 'ac'],
    ['blocked:true OR NOT _exists_:blocked', 'bc'], ['NOT blocked:true OR NOT given_name:jane', 'abc'], ['-given_name:jane || given_name:jane', 'abc'],
    ['email.domain:example.com AND (NOT _exists_:logins_count OR logins_count:0)', 'c'], ['NOT blocked:true AND NOT given_name:jane', 'c'],
    ['email.domain:example.com NOT given_name:jane', 'c'], ['NOT given_name:jane email.domain:example.com', 'c'],
  ]],
  ['escapes', [
    ['email:carol\\+test@example.com', 'c'], ['nickname:bob\\ \\(work\\)', 'b'], ['nickname:"bob (work)"', 'b'], ['email:carol+test@example.com', 'c'],
    ['AND\\ OR', ''], ['"AND"', ''],
  ]],
];

// biome-ignore format: a table
const INVALID = [
  'email:"open', '(a', 'a)', 'AND a', 'a AND', 'OR', 'NOT', 'name:', 'a:b:c', '()', 'logins_count:[1 TO', 'logins_count:[1 2]', '[1 TO 2]',
  'name:*ne', 'name:*a*', 'name:bo?', 'given_name:jan?', 'ja?e', 'name:j?n*', '/jan./', 'name:/jan./', 'a/b', 'logins_count:-1', 'name : a : b', '"name":jane', '_exists_:', 'created_at:[yesterday TO *]', 'a\\', '(('.repeat(60), 'created_at:2026-01-01T00:00', '"',
];

suite('q', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox({ users: USERS });
  });
  after(() => sandbox.close());
  const search = (q: string) => call(sandbox, 'GET', `/api/v2/users?q=${encodeURIComponent(q)}&search_engine=v3`);

  for (const [group, cases] of CASES) {
    test(group, async () => {
      for (const [q, expected] of cases) {
        const { json, text } = await search(q);
        assert.ok(isArray(json), `${q}: ${text}`);
        const found = json.map(user => String(at(user, 'user_id')).at(-1));
        assert.equal(found.join(''), expected, q);
      }
    });
  }

  test('what Lucene does not take is 400', async () => {
    for (const q of INVALID) {
      const { status, json } = await search(q);
      assert.equal(status, 400, q);
      assert.deepEqual(json, {
        statusCode: 400,
        error: 'Bad Request',
        message: `Failed to parse query [${q}]`,
        errorCode: 'invalid_query_string',
      });
    }
  });

  test('with totals, pages, sort and fields', async () => {
    const query = `q=${encodeURIComponent('email.domain:example.com')}&include_totals=true&per_page=1&page=1&sort=name:-1&fields=name`;
    assert.deepEqual((await call(sandbox, 'GET', `/api/v2/users?${query}`)).json, {
      start: 1,
      limit: 1,
      length: 1,
      users: [{ name: 'Carol "CJ" Jones' }],
      total: 2,
    });
  });
});

test('who has never logged in has no count, or a count of 0', async () => {
  const users = [
    { user_id: 'auth0|absent' },
    { user_id: 'auth0|none', logins_count: 0 },
    { user_id: 'auth0|some', logins_count: 3 },
  ];
  const sandbox = await startSandbox({ users });
  try {
    const q = encodeURIComponent('(NOT _exists_:logins_count OR logins_count:0)');
    const { json } = await call(sandbox, 'GET', `/api/v2/users?q=${q}&fields=user_id`);
    assert.deepEqual(json, [{ user_id: 'auth0|absent' }, { user_id: 'auth0|none' }]);
  } finally {
    await sandbox.close();
  }
});
