// Lists, pages, fields, sorting, users-by-email, connections, ids in paths.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/http/server';
import { isArray, isObject, type Json } from '../../../src/sandbox/json';
import { at, call, sandboxFor, userPath } from './client';

suite('GET /users', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox({ count: 1_040 });
  });
  after(() => sandbox.close());
  const get = (query: string) => call(sandbox, 'GET', `/api/v2/users${query}`);
  const ids = (list: Json | undefined): Json[] =>
    isArray(list ?? null) ? Object.values(list ?? {}).map(user => at(user, 'user_id') ?? null) : [];

  test('50 users as a bare array, in a stable order', async () => {
    const expected = sandbox.control.users().slice(0, 50);
    assert.deepEqual((await get('')).json, expected);
  });

  test('a page with totals', async () => {
    const { json } = await get('?page=3&per_page=20&include_totals=true');
    assert.ok(isObject(json));
    assert.deepEqual(Object.keys(json), ['start', 'limit', 'length', 'users', 'total']);
    assert.deepEqual([json.start, json.limit, json.length, json.total], [60, 20, 20, 1_040]);
    assert.deepEqual(
      ids(json.users),
      sandbox.control
        .users()
        .slice(60, 80)
        .map(user => user.user_id),
    );
  });

  test('1,000 results and no more', async () => {
    const last = await get('?page=9&per_page=100&include_totals=true');
    assert.equal(at(last.json, 'length'), 100);
    const straddling = await get('?page=11&per_page=90');
    assert.equal(isArray(straddling.json) && straddling.json.length, 10);
    const beyond = await get('?page=10&per_page=100');
    assert.deepEqual(beyond.json, {
      statusCode: 400,
      error: 'Bad Request',
      message:
        'You can only page through the first 1000 records. See https://auth0.com/docs/users/search/v3/view-search-results-by-page#limitation',
      errorCode: 'invalid_paging',
    });
  });

  test('fields: kept, left out, ignored without names', async () => {
    const [first] = sandbox.control.users();
    assert.ok(first);
    const kept = await get('?fields=user_id,email&per_page=1');
    assert.deepEqual(kept.json, [{ email: first.email, user_id: first.user_id }]);
    const left = await get('?fields=user_id,email&include_fields=false&per_page=1');
    const { user_id: _, email: __, ...rest } = first;
    assert.deepEqual(left.json, [rest]);
    assert.deepEqual((await get('?include_fields=false&per_page=1')).json, [first]);
  });

  test('sort: both ways, without regard to case, absent last', async t => {
    const few = await sandboxFor(t, {
      users: [
        { user_id: 'b', name: 'beta', logins_count: 2 },
        { user_id: 'c' },
        { user_id: 'a', name: 'Alpha', logins_count: 10 },
      ],
    });
    for (const [sort, order] of [
      ['name:1', 'abc'],
      ['name:-1', 'bac'],
      ['logins_count:1', 'bac'],
      ['user_id:-1', 'cba'],
    ]) {
      const { json } = await call(few, 'GET', `/api/v2/users?sort=${sort}`);
      assert.equal(ids(json).join(''), order, sort);
    }
  });

  // biome-ignore format: a table
  const refusals: readonly [query: string, message: RegExp][] = [
    ['per_page=101', /^Query validation error: 'Value 101 is greater than maximum 100' on property per_page \(Number of results per page\)\.$/],
    ['per_page=-1', /'Value -1 is less than minimum 0' on property per_page/],
    ['per_page=ten', /'Expected type integer but found type string' on property per_page/],
    ['page=-1', /on property page/],
    ['include_totals=yes', /'Expected type boolean but found type string' on property include_totals/],
    ['limit=5', /^Query validation error: 'Additional properties not allowed: limit'\.$/],
    ['sort=email', /'String does not match pattern .*: email' on property sort/],
    ['sort=user_metadata.a:1', /^Sorting by app_metadata or user_metadata is not supported\.$/],
    ['fields=id', /'String 'id' does not match pattern\. Must be a comma separated list of the following values: phone_number,email,.*' on property fields/],
    ['search_engine=v1', /^You are not allowed to use search_engine=v1\.$/],
    ['search_engine=v4', /'No enum match for: v4' on property search_engine/],
  ];
  for (const [query, message] of refusals) {
    test(`refuses ${query}`, async () => {
      const { status, json } = await get(`?${query}`);
      assert.equal(status, 400);
      assert.match(String(at(json, 'message')), message);
    });
  }

  test('a q that is too long: 414', async () => {
    assert.equal((await get(`?q=${'a'.repeat(9_000)}`)).status, 414);
  });
});

test('users-by-email: exact, case-sensitive, at once, an array', async t => {
  const sandbox = await sandboxFor(t, {
    users: [
      { user_id: 'auth0|1', email: 'a@example.com' },
      { user_id: 'email|2', email: 'a@example.com' },
      { user_id: 'samlp|3', email: 'A@example.com' },
    ],
    searchLagMs: 60_000,
  });
  const find = async (query: string): Promise<Json> =>
    (await call(sandbox, 'GET', `/api/v2/users-by-email?${query}`)).json;
  assert.deepEqual(await find('email=a%40example.com&fields=user_id'), [
    { user_id: 'auth0|1' },
    { user_id: 'email|2' },
  ]);
  assert.deepEqual(await find('email=A%40example.com&fields=user_id'), [{ user_id: 'samlp|3' }]);
  assert.deepEqual(await find('email=%40example.com'), []);
  sandbox.control.rename('auth0|1', { email: 'b@example.com' });
  assert.deepEqual(await find('email=b%40example.com&fields=user_id'), [{ user_id: 'auth0|1' }]);
  assert.match(String(at(await find(''), 'message')), /'Missing required property: email'/);
});

test('ids of every kind, encoded once as one segment', async t => {
  const ids = [
    'auth0|a#b',
    'samlp|acme|a@b',
    'samlp|a/b/c',
    'custom|100%3A25%',
    'x|?a=b&c',
    'x| spaces',
    'x|ü😀',
    'x|..',
    "x|'()*!",
  ];
  const sandbox = await sandboxFor(t, { users: ids.map(user_id => ({ user_id })) });
  for (const id of ids) {
    assert.equal(at((await call(sandbox, 'GET', userPath(id))).json, 'user_id'), id);
    assert.equal((await call(sandbox, 'PATCH', userPath(id), { body: { user_metadata: { a: id } } })).status, 200);
    assert.deepEqual(sandbox.control.user(id)?.user_metadata, { a: id });
  }
  assert.equal((await call(sandbox, 'GET', '/api/v2/users/samlp|a/b/c')).status, 404, 'not encoded');
  assert.equal((await call(sandbox, 'GET', '/api/v2/users/custom%7C100%253A25%2525')).status, 404, 'encoded twice');
  assert.equal((await call(sandbox, 'GET', '/api/v2/users/%zz')).status, 400);
});

test('fields of one user', async t => {
  const sandbox = await sandboxFor(t, { users: [{ user_id: 'auth0|1', name: 'One', user_metadata: { a: 1 } }] });
  const path = userPath('auth0|1');
  assert.deepEqual((await call(sandbox, 'GET', `${path}?fields=name,user_metadata`)).json, {
    name: 'One',
    user_metadata: { a: 1 },
  });
  assert.equal(at((await call(sandbox, 'GET', `${path}?fields=name&include_fields=false`)).json, 'name'), undefined);
  assert.equal((await call(sandbox, 'GET', `${path}?page=1`)).status, 400);
});

test('search sees writes late when asked to, GET by id at once', { timeout: 60_000 }, async t => {
  const renamed = async (searchLagMs: number) => {
    const sandbox = await sandboxFor(t, { users: [{ user_id: 'auth0|1', name: 'old' }], searchLagMs });
    sandbox.control.rename('auth0|1', { name: 'new' });
    assert.equal(at((await call(sandbox, 'GET', userPath('auth0|1'))).json, 'name'), 'new');
    return async () => at((await call(sandbox, 'GET', '/api/v2/users')).json, 0, 'name');
  };
  const [late, soon] = [await renamed(600_000), await renamed(80)];
  assert.equal(await late(), 'old');
  while ((await soon()) !== 'new');
  assert.equal(await late(), 'old');
});

test('connections', async t => {
  const sandbox = await sandboxFor(t);
  const get = async (query: string): Promise<Json> => (await call(sandbox, 'GET', `/api/v2/connections?${query}`)).json;
  assert.deepEqual(await get('name=sms&fields=name,strategy'), [{ strategy: 'sms', name: 'sms' }]);
  assert.deepEqual(await get('per_page=1&page=1&fields=name&include_totals=true'), {
    start: 1,
    limit: 1,
    total: 8,
    connections: [{ name: 'partners' }],
  });
  assert.match(String(at(await get('per_page=0'), 'message')), /less than minimum 1/);
});

test('unknown routes and methods: 404', async t => {
  const sandbox = await sandboxFor(t);
  for (const [method, path] of [
    ['GET', '/'],
    ['GET', '/api/v2/clients'],
    ['PUT', '/api/v2/users/a'],
    ['POST', '/api/v2/users/'],
    ['GET', '/sandbox/requests'],
  ] as const) {
    const { json } = await call(sandbox, method, path);
    assert.deepEqual(json, { statusCode: 404, error: 'Not Found', message: 'Not Found' }, `${method} ${path}`);
  }
});
