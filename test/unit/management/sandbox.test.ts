// The client against the sandbox: what the server holds afterwards is what counts.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeJson } from '../../../src/json/write';
import { readToken } from '../../../src/management/auth/token';
import { toUserQuery } from '../../../src/management/listing/search';
import { metadataOf } from '../../../src/metadata/document';
import { errorOf, userId } from '../../support/management';
import { held, ID, openSandbox, USERS } from '../../support/sandboxClient';

test('the sample tenant is listed page by page, each user once', async t => {
  const { sandbox, client } = await openSandbox(t, { count: 320 });
  const ids = new Set<string>();
  let pages = 0;
  for (let page: number | undefined = 0; page !== undefined; pages++) {
    const result = await client.listUsers({ page, perPage: 100, sort: 'created_at:-1' });
    for (const user of result.users) ids.add(user.id);
    page = result.nextPage;
  }
  assert.equal(ids.size, sandbox.control.users().length);
  assert.equal(sandbox.control.requests.length, pages);
});

test('a result beyond the cap says so, and the page after it is refused', async t => {
  const { client } = await openSandbox(t, { count: 1100 });
  const last = await client.listUsers({ page: 9, perPage: 100 });
  assert.deepEqual([last.total, last.capped, last.nextPage, last.users.length], [1100, true, undefined, 100]);
  const error = await errorOf(client.listUsers({ page: 10, perPage: 100 }));
  assert.deepEqual([error.kind, error.status], ['invalid', 400]);
  assert.match(error.serviceMessage ?? '', /first 1000 records/);
});

for (const { user_id: id } of USERS) {
  test(`${id} is got, patched and found`, async t => {
    const { sandbox, client } = await openSandbox(t);
    assert.equal((await client.getUser(userId(id))).id, id);
    await client.patchUser(userId(id), '{"user_metadata":{"n":1}}');
    assert.equal(held(sandbox, id, 'n'), 1);
    const query = toUserQuery(id);
    assert(query?.kind === 'id');
    assert.deepEqual(
      (await client.listUsers({ page: 0, perPage: 50, query: query.q })).users.map(user => user.id),
      [id],
    );
  });
}

const SEARCHES: readonly (readonly [string, readonly string[]])[] = [
  ['jane', ['jane.doe@example.com']],
  ['doe', ['jane.doe@example.com']],
  ['doe jane', ['jane.doe@example.com']],
  ['jo', ['john@example.com']],
  ['jo"hn', ['john@example.com']],
  ['example.com', ['jane.doe@example.com', 'john@example.com']],
  ['odd: (one)', ['odd@example.org']],
  ['JANE.DOE@EXAMPLE.COM', ['jane.doe@example.com']],
  ['user_metadata.hobby:"surfing"', ['jane.doe@example.com']],
  ['name:jane* OR name:john*', ['jane.doe@example.com', 'john@example.com']],
  ['nobody', []],
];

for (const [typed, emails] of SEARCHES) {
  test(`searching ${typed}`, async t => {
    const { client } = await openSandbox(t);
    const result = await client.listUsers({ page: 0, perPage: 50, query: toUserQuery(typed)?.q });
    assert.deepEqual(new Set(result.users.map(user => user.email)), new Set(emails));
  });
}

test('a query that cannot be parsed is said to be one, without being quoted', async t => {
  const { client } = await openSandbox(t);
  const error = await errorOf(client.listUsers({ page: 0, perPage: 50, query: 'name:"hunter2' }));
  assert.deepEqual([error.kind, error.serviceMessage], ['invalid', 'Failed to parse query']);
});

test('users by e-mail, exact', async t => {
  const { client } = await openSandbox(t);
  assert.deepEqual(
    (await client.usersByEmail('jane.doe@example.com')).map(user => user.id),
    [ID],
  );
  assert.deepEqual(await client.usersByEmail('Jane.Doe@example.com'), []);
});

test('root keys are merged by the service, and an emptied section comes back empty', async t => {
  const { client } = await openSandbox(t);
  const id = userId(ID);
  assert.equal(
    writeJson(metadataOf((await client.patchUser(id, '{"user_metadata":{"a":{"b":1}}}')).value).user_metadata),
    '{"hobby":"surfing","a":{"b":1}}',
  );
  const emptied = await client.patchUser(id, '{"user_metadata":{"a":null,"hobby":null}}');
  const { user_metadata: user, app_metadata: app } = metadataOf(emptied.value);
  assert.deepEqual([user.members, app.members], [[], []]);
});

test('a user is created once, and the second time refused', async t => {
  const { sandbox, client } = await openSandbox(t);
  const body = JSON.stringify({
    connection: 'Username-Password-Authentication',
    email: 'new@example.com',
    password: 'Seeded-Passw0rd!',
    user_metadata: { hobby: 'chess' },
    app_metadata: { plan: 'full' },
  });
  const created = await client.createUser(body);
  assert.equal(writeJson(metadataOf(created.value).app_metadata), '{"plan":"full"}');
  assert.equal(sandbox.control.users().length, USERS.length + 1);
  const error = await errorOf(client.createUser(body));
  assert.deepEqual([error.kind, error.outcome, error.errorCode], ['conflict', 'refused', 'auth0_idp_error']);
  assert.equal(error.serviceMessage, 'The user already exists.');
});

const REFUSED: readonly (readonly [string, string, string | undefined, readonly string[] | undefined])[] = [
  ['a string as metadata', '{"user_metadata":"x"}', 'Expected type object but found type string', ['user_metadata']],
  ['another attribute', '{"user_id":"x"}', 'Additional properties not allowed', undefined],
  ['an unknown attribute', '{"hunter2":"x"}', 'Additional properties not allowed', ['hunter2']],
  ['a dotted key', '{"user_metadata":{"a.b":1}}', 'Fields with "." are not allowed', undefined],
  ['a reserved key', '{"app_metadata":{"_id":1}}', 'Additional properties not allowed', ['app_metadata', '_id']],
  ['an empty body', '{}', undefined, undefined],
  ['no JSON', '{', 'Invalid request payload JSON format', undefined],
  ['no e-mail', '{"email":"hunter2"}', "Object didn't pass validation for format email", ['email']],
];

for (const [name, body, serviceMessage, path] of REFUSED) {
  test(`refused: ${name}`, async t => {
    const { sandbox, client } = await openSandbox(t);
    const before = sandbox.control.user(ID);
    const error = await errorOf(client.patchUser(userId(ID), body));
    assert.deepEqual([error.kind, error.outcome, error.serviceMessage], ['invalid', 'refused', serviceMessage]);
    if (path) assert.deepEqual(error.path, path);
    assert.deepEqual(sandbox.control.user(ID), before);
  });
}

test('client credentials: one token for many requests, and a new one after it was refused', async t => {
  const { sandbox, client, tokens } = await openSandbox(t, {
    credentials: ({ clientId, clientSecret }) => ({ kind: 'client', clientId, clientSecret }),
  });
  await Promise.all([client.getUser(userId(ID)), client.listUsers({ page: 0, perPage: 1 }), client.listConnections()]);
  const grants = () => sandbox.control.requests.filter(request => request.path === '/oauth/token').length;
  assert.equal(grants(), 1);
  assert((await tokens.getToken()).scopes?.has('update:users'));
  const expired = { status: 401, body: '{"statusCode":401,"error":"Unauthorized","message":"Invalid token"}' };
  sandbox.control.fail({ method: 'PATCH', fault: { kind: 'answer', answer: expired } });
  const body = '{"user_metadata":{"x":1}}';
  assert.equal((await errorOf(client.patchUser(userId(ID), body))).again, true);
  await client.patchUser(userId(ID), body);
  assert.equal(grants(), 2);
  assert.equal(held(sandbox, ID, 'x'), 1);
});

test('a wrong secret', async t => {
  const { client } = await openSandbox(t, {
    credentials: ({ clientId }) => ({ kind: 'client', clientId, clientSecret: 'hunter2' }),
  });
  const error = await errorOf(client.getUser(userId(ID)));
  assert.deepEqual([error.kind, error.outcome, error.errorCode], ['unauthorized', 'notSent', 'access_denied']);
});

test('an expired token and a scope that is missing', async t => {
  const { client } = await openSandbox(t, {
    credentials: s => ({ kind: 'token', token: s.mintToken({ expiresInS: -10 }) }),
  });
  assert.equal((await errorOf(client.getUser(userId(ID)))).kind, 'unauthorized');
  const { client: reader } = await openSandbox(t, {
    credentials: s => ({ kind: 'token', token: s.mintToken({ scope: 'read:users' }) }),
  });
  const error = await errorOf(reader.patchUser(userId(ID), '{"user_metadata":{}}'));
  assert.deepEqual([error.kind, error.errorCode], ['forbidden', 'insufficient_scope']);
  assert.match(error.serviceMessage ?? '', /update:users/);
});

test('the scopes of its tokens can be read', async t => {
  const { sandbox } = await openSandbox(t);
  assert(readToken(sandbox.token).scopes?.has('read:users'));
});
