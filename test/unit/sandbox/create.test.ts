// POST and DELETE /users, one line a rule.
import assert from 'node:assert/strict';
import { after, before, beforeEach, suite, test } from 'node:test';
import { type Sandbox, startSandbox } from '../../../src/sandbox/http/server';
import type { JsonObject } from '../../../src/sandbox/json';
import { at, call, userPath } from './client';

const DATABASE = 'Username-Password-Authentication';
const JANE = { connection: DATABASE, email: 'Jane.Doe@example.com', password: 'Passw0rd!' };

suite('POST /users', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox({ empty: true });
  });
  after(() => sandbox.close());
  beforeEach(() => {
    for (const user of sandbox.control.users()) sandbox.control.delete(user.user_id);
  });
  const create = (body: JsonObject) => call(sandbox, 'POST', '/api/v2/users', { body });

  test('a database user', async () => {
    const { status, json, text } = await create({ ...JANE, user_metadata: { hobby: 'surfing' }, verify_email: false });
    assert.equal(status, 201);
    const id = String(at(json, 'user_id'));
    assert.match(id, /^auth0\|[0-9a-f]{24}$/);
    assert.match(
      String(at(json, 'picture')),
      /^https:\/\/s\.gravatar\.com\/avatar\/[0-9a-f]{32}\?s=480&r=pg&d=https%3A%2F%2Fcdn\.auth0\.com%2Favatars%2Fja\.png$/,
    );
    assert.deepEqual(json, {
      created_at: at(json, 'created_at') ?? '',
      email: 'jane.doe@example.com',
      email_verified: false,
      identities: [{ connection: DATABASE, user_id: id.slice(6), provider: 'auth0', isSocial: false }],
      name: 'jane.doe@example.com',
      nickname: 'jane.doe',
      picture: at(json, 'picture') ?? '',
      updated_at: at(json, 'created_at') ?? '',
      user_id: id,
      user_metadata: { hobby: 'surfing' },
    });
    assert.equal((await call(sandbox, 'GET', userPath(id))).text, text);
  });

  test('metadata: null at the root is not stored, {} as the service echoes it', async () => {
    const { json } = await create({ ...JANE, user_metadata: { a: null }, app_metadata: {} });
    assert.deepEqual([at(json, 'user_metadata'), at(json, 'app_metadata')], [{}, undefined]);
  });

  test('an id of its own, a name, a user name', async () => {
    const { json } = await create({ ...JANE, user_id: 'my-id', name: 'Jane', username: 'jane' });
    assert.deepEqual([at(json, 'user_id'), at(json, 'name'), at(json, 'username')], ['auth0|my-id', 'Jane', 'jane']);
  });

  test('passwordless users have no password', async () => {
    const sms = await create({ connection: 'sms', phone_number: '+15551234567' });
    assert.deepEqual([sms.status, at(sms.json, 'name'), at(sms.json, 'email')], [201, '+15551234567', undefined]);
    const email = await create({ connection: 'email', email: 'jane.doe@example.com' });
    assert.match(String(at(email.json, 'user_id')), /^email\|/);
  });

  test('the same address in another connection is another user', async () => {
    await create(JANE);
    assert.equal((await create({ ...JANE, connection: 'partners' })).status, 201);
  });

  // biome-ignore format: a table
  const refusals: readonly [what: string, body: JsonObject, status: number, message: string, errorCode: string][] = [
    ['no connection', { email: 'a@example.com' }, 400, "Payload validation error: 'Missing required property: connection'.", 'invalid_body'],
    ['an unknown connection', { ...JANE, connection: 'nowhere' }, 400, 'The connection does not exist.', 'inexistent_connection'],
    ['no e-mail', { connection: DATABASE, password: 'Passw0rd!' }, 400, "Payload validation error: 'Missing required property: email'.", 'invalid_body'],
    ['no password', { connection: DATABASE, email: 'a@example.com' }, 400, "Payload validation error: 'Missing required property: password'.", 'invalid_body'],
    ['no phone number', { connection: 'sms', email: 'a@example.com' }, 400, "Payload validation error: 'Missing required property: phone_number'.", 'invalid_body'],
    ['a weak password', { ...JANE, password: 'password' }, 400, 'PasswordStrengthError: Password is too weak', 'auth0_idp_error'],
    ['a bad e-mail', { ...JANE, email: 'jane' }, 400, "Payload validation error: 'Object didn't pass validation for format email: jane' on property email (The user's email).", 'invalid_body'],
    ['a user name where there are none', { ...JANE, connection: 'partners', username: 'jane' }, 400, 'Cannot set username for connection without requires_username.', 'operation_not_supported'],
    ['a social connection', { connection: 'google-oauth2', email: 'a@example.com' }, 400, 'Connection does not support user creation through the API. It must either be a database or passwordless connection.', 'operation_not_supported'],
    ['the same address in other letters', { ...JANE, email: 'JANE.DOE@example.com' }, 409, 'The user already exists.', 'auth0_idp_error'],
    ['the same id', { ...JANE, email: 'b@example.com', user_id: 'taken' }, 409, 'The user already exists.', 'auth0_idp_error'],
    ['the same user name', { ...JANE, email: 'b@example.com', username: 'taken' }, 409, 'The user already exists.', 'auth0_idp_error'],
  ];
  for (const [what, body, status, message, errorCode] of refusals) {
    test(`refuses ${what}`, async () => {
      await create({ ...JANE, user_id: 'taken', username: 'taken' });
      const reply = await create(body);
      const error = status === 409 ? 'Conflict' : 'Bad Request';
      assert.deepEqual(reply.json, { statusCode: status, error, message, errorCode });
      assert.equal(sandbox.control.users().length, 1);
    });
  }

  test('DELETE: 204, also twice', async () => {
    const path = userPath(String(at((await create(JANE)).json, 'user_id')));
    for (let i = 0; i < 2; i++) {
      const reply = await call(sandbox, 'DELETE', path);
      assert.deepEqual([reply.status, reply.text], [204, '']);
    }
    assert.equal((await call(sandbox, 'GET', path)).status, 404);
    assert.deepEqual((await call(sandbox, 'GET', '/api/v2/users-by-email?email=jane.doe%40example.com')).json, []);
  });
});
