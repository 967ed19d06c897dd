// PATCH /users/{id}, one line a rule.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/http/server';
import { type Json, type JsonObject, parseJson } from '../../../src/sandbox/json';
import { at, call, type Reply, userPath } from './client';

const ID = 'auth0|1';

suite('PATCH /users/{id}', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox({ empty: true });
  });
  after(() => sandbox.close());

  const seed = (attributes: JsonObject): void =>
    sandbox.control.put({
      created_at: '2026-01-01T00:00:00.000Z',
      email: 'one@example.com',
      email_verified: true,
      identities: [
        { connection: 'Username-Password-Authentication', user_id: '1', provider: 'auth0', isSocial: false },
      ],
      updated_at: '2026-01-01T00:00:00.000Z',
      user_id: ID,
      ...attributes,
    });
  const patch = (body: JsonObject | string, id = ID): Promise<Reply> =>
    call(sandbox, 'PATCH', userPath(id), { body, headers: { 'content-type': 'application/json' } });

  const merges: readonly [rule: string, stored: JsonObject, sent: JsonObject, then: JsonObject][] = [
    ['a root key that is not sent is kept', { a: 1 }, { b: 2 }, { a: 1, b: 2 }],
    ['a root key is replaced', { a: 1, b: 2 }, { a: 3 }, { a: 3, b: 2 }],
    ['null at the root deletes', { a: 1, b: 2 }, { a: null }, { b: 2 }],
    ['null deletes what is not there', { a: 1 }, { zz: null }, { a: 1 }],
    ['{} clears everything', { a: 1, b: { c: 2 } }, {}, {}],
    ['an object below the root is replaced whole', { a: { x: 1, y: 2 } }, { a: { x: 3 } }, { a: { x: 3 } }],
    ['{} below the root is a value', { a: { x: 1 } }, { a: {} }, { a: {} }],
    ['an array is replaced whole', { a: [1, 2, 3] }, { a: [4] }, { a: [4] }],
    ['null below the root is stored', { a: { x: 1 } }, { a: { x: null } }, { a: { x: null } }],
    ['null in an array is stored', {}, { a: [null] }, { a: [null] }],
    ['deleting the last key leaves {}', { a: 1 }, { a: null }, {}],
  ];
  for (const [rule, stored, sent, then] of merges) {
    test(rule, async () => {
      for (const name of ['user_metadata', 'app_metadata']) {
        seed({ [name]: stored });
        const { status, json } = await patch({ [name]: sent });
        assert.equal(status, 200);
        // [R] Empty user_metadata is echoed, empty app_metadata is left out.
        const expected = name === 'app_metadata' && Object.keys(then).length === 0 ? undefined : then;
        assert.deepEqual(at(json, name), expected);
        assert.deepEqual(sandbox.control.user(ID)?.[name], expected);
      }
    });
  }

  test('keys of every kind are keys', async () => {
    for (const key of ['__proto__', 'constructor', 'toString', '', ' ', 'a b', '0', 'größe', '\u202e', '"']) {
      seed({ user_metadata: { kept: true } });
      const body = `{"user_metadata":{${JSON.stringify(key)}:{"nested":1}}}`;
      const expected = parseJson(`{"kept":true,${JSON.stringify(key)}:{"nested":1}}`);
      assert.deepEqual(entriesOf(at((await patch(body)).json, 'user_metadata')), entriesOf(expected));
      const gone = await patch(`{"user_metadata":{${JSON.stringify(key)}:null}}`);
      assert.deepEqual(at(gone.json, 'user_metadata'), { kept: true });
    }
  });

  test('the answer is the full user and the next GET', async () => {
    seed({ name: 'One', user_metadata: { a: 1 } });
    const { json } = await patch({ app_metadata: { b: 2 } });
    assert.deepEqual((await call(sandbox, 'GET', userPath(ID))).json, json);
    assert.equal(at(json, 'name'), 'One');
    assert.deepEqual(at(json, 'user_metadata'), { a: 1 });
  });

  test('a query string changes nothing', async () => {
    seed({ name: 'One' });
    const reply = await call(sandbox, 'PATCH', `${userPath(ID)}?fields=email&include_fields=true`, {
      body: { blocked: true },
    });
    assert.equal(at(reply.json, 'name'), 'One');
  });

  test('updated_at moves, also for the same values and within one millisecond', async () => {
    seed({});
    const times: Json[] = [];
    for (let i = 0; i < 20; i++) times.push(at((await patch({ user_metadata: { a: 1 } })).json, 'updated_at') ?? null);
    assert.ok(
      times.every((time, index) => index === 0 || String(time) > String(times[index - 1])),
      times.join(),
    );
  });

  test('both metadata objects in one request', async () => {
    seed({ user_metadata: { a: 1 }, app_metadata: { b: 1 } });
    const { json } = await patch({ user_metadata: { a: null }, app_metadata: { c: 2 } });
    assert.deepEqual([at(json, 'user_metadata'), at(json, 'app_metadata')], [{}, { b: 1, c: 2 }]);
  });

  test('profile attributes: set, unset by null, e-mail in lower case and unverified', async () => {
    seed({ name: 'One', nickname: 'one' });
    const same = await patch({ email: 'ONE@example.com' });
    assert.deepEqual([at(same.json, 'email'), at(same.json, 'email_verified')], ['one@example.com', true]);
    const { json } = await patch({ name: 'Two', nickname: null, email: 'Two@Example.com' });
    assert.deepEqual([at(json, 'name'), at(json, 'nickname')], ['Two', undefined]);
    assert.deepEqual([at(json, 'email'), at(json, 'email_verified')], ['two@example.com', false]);
  });

  test('a password is not stored, the time of its change is', async () => {
    seed({});
    const { json } = await patch({ connection: 'Username-Password-Authentication', password: 'Passw0rd!' });
    assert.equal(at(json, 'password'), undefined);
    assert.equal(at(json, 'connection'), undefined);
    assert.equal(typeof at(json, 'last_password_reset'), 'string');
  });

  const ABOUT = 'User metadata to which this user has read/write access';
  // biome-ignore format: a table
  const refusals: readonly [what: string, body: JsonObject | string, message: RegExp, errorCode: string | undefined][] = [
    ['{}', {}, /^Payload validation error: 'None of the valid schemas were met'\. Inner errors: \[ .*'Missing required property: user_metadata'/, 'invalid_body'],
    ['no JSON', '{"user_metadata":', /^Invalid request payload JSON format$/, undefined],
    ['an array', '[]', /'Expected type object but found type array'\.$/, 'invalid_body'],
    ['unknown attributes', { user_id: 'x', logins_count: 1 }, /^Payload validation error: 'Additional properties not allowed: user_id,logins_count \(consider storing them in app_metadata or user_metadata\. See "Users Metadata" in https:\/\/auth0\.com\/docs\/api\/v2\/changes for more details\)'\.$/, 'invalid_body'],
    ['__proto__ as an attribute', '{"__proto__":{"blocked":true}}', /'Additional properties not allowed: __proto__ /, 'invalid_body'],
    ['user_metadata: null', { user_metadata: null }, new RegExp(`^Payload validation error: 'Expected type object but found type null' on property user_metadata \\(${ABOUT}\\)\\.$`), 'invalid_body'],
    ['user_metadata: []', { user_metadata: [] }, /'Expected type object but found type array' on property user_metadata/, 'invalid_body'],
    ['app_metadata: "x"', { app_metadata: 'x' }, /'Expected type object but found type string' on property app_metadata/, 'invalid_body'],
    ['blocked: "no"', { blocked: 'no' }, /'Expected type boolean but found type string' on property blocked/, 'invalid_body'],
    ['name: ""', { name: '' }, /'String is too short \(0 chars\), minimum 1' on property name \(Name of this user\)\.$/, 'invalid_body'],
    ['a long name', { name: 'x'.repeat(301) }, /'String is too long \(301 chars\), maximum 300' on property name/, 'invalid_body'],
    ['no e-mail', { email: 'nobody' }, /'Object didn't pass validation for format email: nobody' on property email/, 'invalid_body'],
    ['no URL', { picture: 'a picture' }, /format strict-uri: a picture' on property picture/, 'invalid_body'],
    ['no phone number', { phone_number: '12' }, /'String does not match pattern \^\\\+\[0-9\]\{1,15\}\$: 12' on property phone_number/, 'invalid_body'],
    ['a dot in a key', { user_metadata: { 'a.b': 1 } }, /^Fields with "\." are not allowed, please remove all dotted fields\.\nExample: "a\.b"\.$/, undefined],
    ['a dot in a deep key', { app_metadata: { a: [{ 'b.c': 1 }] } }, /Example: "b\.c"/, undefined],
    ['a dollar', { user_metadata: { a: { $set: 1 } } }, /Example: "\$set"/, undefined],
    ['a reserved key', { app_metadata: { user_id: 'x' } }, /'Additional properties not allowed: user_id' on property app_metadata/, 'invalid_body'],
    ['an unknown connection', { connection: 'nowhere', name: 'x' }, /^The connection does not exist\.$/, 'inexistent_connection'],
    ['a weak password', { password: 'weak' }, /^PasswordStrengthError: Password is too weak$/, 'auth0_idp_error'],
    ['password and e-mail', { password: 'Passw0rd!', email: 'x@example.com' }, /^Cannot update password and email simultaneously\.$/, 'operation_not_supported'],
    ['an address that is taken', { email: 'taken@example.com' }, /^The specified new email already exists$/, 'auth0_idp_error'],
  ];
  for (const [what, body, message, errorCode] of refusals) {
    test(`refuses ${what}, and stores nothing`, async () => {
      seed({ user_metadata: { a: 1 } });
      sandbox.control.put({ ...sandbox.control.user(ID), email: 'taken@example.com', user_id: 'auth0|2' });
      const before = sandbox.control.user(ID);
      const { status, json } = await patch(body);
      assert.deepEqual([status, at(json, 'statusCode'), at(json, 'error')], [400, 400, 'Bad Request']);
      assert.match(String(at(json, 'message')), message);
      assert.equal(at(json, 'errorCode'), errorCode);
      assert.deepEqual(sandbox.control.user(ID), before);
    });
  }

  test('metadata of users who come from elsewhere can be changed, their profile cannot', async () => {
    const id = 'samlp|acme-saml|people/one@example.com';
    seed({ user_id: id, identities: [{ connection: 'acme-saml', user_id: 'x', provider: 'samlp', isSocial: false }] });
    assert.equal((await patch({ user_metadata: { a: 1 } }, id)).status, 200);
    assert.match(
      (await patch({ name: 'x', nickname: 'y' }, id)).text,
      /attributes cannot be updated: nickname, name\. |cannot be updated: name, nickname\. /,
    );
    assert.match((await patch({ email: 'x@example.com' }, id)).text, /Cannot update email for non-database user\./);
  });

  test('nobody to change', async () => {
    const { status, json } = await patch({ user_metadata: { a: 1 } }, 'auth0|nobody');
    assert.equal(status, 404);
    assert.deepEqual(json, {
      statusCode: 404,
      error: 'Not Found',
      message: 'The user does not exist.',
      errorCode: 'inexistent_user',
    });
  });

  test('5 MB, 10,000 keys and 1,000 levels', async () => {
    seed({});
    const nested = `${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}`;
    const keys = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`key ${index}`, index]));
    const body = `{"user_metadata":{"nested":${nested},"large":"${'x'.repeat(5_000_000)}"},"app_metadata":${JSON.stringify(keys)}}`;
    const { status, text } = await patch(body);
    assert.equal(status, 200);
    assert.ok(text.includes(nested));
    assert.deepEqual((await call(sandbox, 'GET', userPath(ID))).text, text);
  });

  test('deeper than the service can write: an error, and nothing stored', async () => {
    seed({ user_metadata: { a: 1 } });
    const { status } = await patch(`{"user_metadata":{"deep":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`);
    assert.equal(status, 500);
    assert.deepEqual(sandbox.control.user(ID)?.user_metadata, { a: 1 });
  });

  test('too large: 413', async t => {
    const small = await startSandbox({ users: [{ user_id: ID }], maxBodyBytes: 1_000 });
    t.after(() => small.close());
    const reply = await call(small, 'PATCH', userPath(ID), { body: { user_metadata: { a: 'x'.repeat(2_000) } } });
    assert.equal(reply.status, 413);
    assert.equal(at(reply.json, 'message'), 'Payload content length greater than maximum allowed: 1000');
  });

  test('another media type: 415', async () => {
    const reply = await call(sandbox, 'PATCH', userPath(ID), {
      body: 'a=b',
      headers: { 'content-type': 'text/plain' },
    });
    assert.equal(reply.status, 415);
  });
});

/** `deepEqual` on objects overlooks an own `__proto__`. */
function entriesOf(value: Json | undefined): string {
  return JSON.stringify(value);
}
