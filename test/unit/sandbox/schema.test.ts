// The sandbox's answers against the schemas of Auth0's own API description.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/http/server';
import { isArray, isObject, type Json, parseJson } from '../../../src/sandbox/json';
import { sharedFile } from '../../support/shared';
import { at, call, userPath } from './client';
import { placeOf, SchemaChecker } from './schemaChecker';

const { text, skip } = sharedFile('users-openapi.json');
const description = parseJson(text ?? '{}');

test('the checker refuses what breaks a keyword, and keywords that it does not know', () => {
  const checker = new SchemaChecker();
  const wrong: readonly [Json, Parameters<SchemaChecker['problem']>[1]][] = [
    ['a', { type: 'integer' }],
    [1.5, { type: 'integer' }],
    ['c', { enum: ['a', 'b'] }],
    ['2026-01-01', { format: 'date-time' }],
    [{ a: 1 }, { properties: { a: { type: 'string' } } }],
    [{ b: 1 }, { additionalProperties: false, properties: { a: {} } }],
    [{}, { required: ['a'] }],
    [[1, 'a'], { items: { type: 'integer' } }],
    [1, { oneOf: [{ type: 'integer' }, { type: 'number' }] }],
  ];
  for (const [value, schema] of wrong)
    assert.notEqual(checker.problem(value, schema), undefined, JSON.stringify(schema));
  assert.throws(() => checker.problem(1, { severalOf: 2 }), /unknown keyword: "severalOf"/);
  assert.throws(() => checker.problem('a', { format: 'zip-code' }), /unknown format "zip-code"/);
});

suite('answers have the shape of the API description', { skip }, () => {
  assert.ok(isObject(description));
  const api = new SchemaChecker(description);
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox();
  });
  after(() => sandbox.close());

  const check = (path: string, method: string, status: number, value: Json): void => {
    const keys = ['paths', path, method, 'responses', String(status), 'content', 'application/json', 'schema'];
    assert.ok(isObject(at(description, ...keys)), `${method} ${path} describes its ${status}`);
    assert.equal(api.problem(value, placeOf(keys)), undefined);
  };

  test('every user of the sample tenant', () => {
    const users = sandbox.control.users();
    assert.equal(users.length, 320);
    for (const user of users) check('/users/{id}', 'get', 200, user);
  });

  test('list, with and without totals and fields', async () => {
    for (const query of [
      '',
      '?include_totals=true',
      '?fields=user_id,email',
      '?q=blocked:true&include_totals=true&sort=email:-1',
    ]) {
      const reply = await call(sandbox, 'GET', `/api/v2/users${query}`);
      check('/users', 'get', reply.status, reply.json);
    }
  });

  test('create, get, update, users-by-email', async () => {
    const created = await call(sandbox, 'POST', '/api/v2/users', {
      body: {
        connection: 'Username-Password-Authentication',
        email: 'schema@example.com',
        password: 'Passw0rd!',
        app_metadata: { roles: ['a'] },
      },
    });
    check('/users', 'post', created.status, created.json);
    assert.ok(isObject(created.json));
    const path = userPath(String(created.json.user_id));
    const updated = await call(sandbox, 'PATCH', path, { body: { user_metadata: { a: null, b: {} }, blocked: true } });
    check('/users/{id}', 'patch', updated.status, updated.json);
    const got = await call(sandbox, 'GET', path);
    check('/users/{id}', 'get', got.status, got.json);
    assert.deepEqual(got.json, updated.json);
    const found = await call(sandbox, 'GET', '/api/v2/users-by-email?email=schema%40example.com');
    check('/users-by-email', 'get', found.status, found.json);
  });

  test('connections, with and without totals and fields', async () => {
    for (const query of [
      '',
      '?include_totals=true',
      '?fields=id,name,strategy&per_page=100',
      '?strategy=auth0&strategy=sms',
    ]) {
      const reply = await call(sandbox, 'GET', `/api/v2/connections${query}`);
      check('/connections', 'get', reply.status, reply.json);
    }
  });

  test('every described query parameter is known', async () => {
    // biome-ignore format: a table
    const values: Readonly<Record<string, string>> = {
      page: '0', per_page: '5', include_totals: 'true', sort: 'email:1', connection: 'sms', fields: 'name',
      include_fields: 'true', q: 'blocked:true', search_engine: 'v3', primary_order: 'false', email: 'a@example.com',
      take: '5', strategy: 'auth0', name: 'sms', from: 'con_0',
    };
    for (const path of ['/users', '/users-by-email', '/connections']) {
      const parameters = at(description, 'paths', path, 'get', 'parameters');
      assert.ok(isArray(parameters));
      for (const parameter of parameters) {
        assert.ok(isObject(parameter));
        const name = String(parameter.name);
        const value = values[name];
        assert.ok(value !== undefined, `${path} has a parameter ${name}`);
        const email = path === '/users-by-email' && name !== 'email' ? '&email=a@example.com' : '';
        const reply = await call(sandbox, 'GET', `/api/v2${path}?${name}=${value}${email}`);
        assert.equal(reply.status, 200, `${path} ${name}: ${reply.text}`);
      }
    }
  });
});
