// The client against the sandbox: what the server holds afterwards is what counts.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { writeJson } from '../../../src/json/write';
import { createManagementClient } from '../../../src/management/client';
import { tokenProviderOf } from '../../../src/management/clientCredentials';
import type { Credentials } from '../../../src/management/credentials';
import { type ErrorKind, ManagementError, type Outcome } from '../../../src/management/errors';
import { toUserQuery } from '../../../src/management/search';
import type { RequestObserver } from '../../../src/management/send';
import { loopbackOrigin, parseTenantDomain, tenantOf } from '../../../src/management/tenant';
import { readToken } from '../../../src/management/token';
import { createUndiciTransport } from '../../../src/management/undiciTransport';
import { toUserId } from '../../../src/management/users';
import type { Fault } from '../../../src/sandbox/faults';
import { isObject } from '../../../src/sandbox/json';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/server';

const ID = 'auth0|5f7c8ec7c33c6c004bbafe82';
const USERS = [
  { user_id: ID, email: 'jane.doe@example.com', name: 'Jane Doe', user_metadata: { hobby: 'surfing' } },
  { user_id: 'samlp|conn|john@example.com', email: 'john@example.com', name: 'John Smith', nickname: 'jo"hn' },
  { user_id: 'auth0|with%3A#/?', email: 'odd@example.org', name: 'Odd: (One)' },
];

function userId(text: string) {
  const id = toUserId(text);
  assert(id);
  return id;
}

interface Setup extends SandboxOptions {
  readonly credentials?: (sandbox: Sandbox) => Credentials;
  readonly observer?: RequestObserver;
  readonly timeoutMs?: number;
}

async function open(t: TestContext, { credentials, observer, timeoutMs, ...options }: Setup = {}) {
  const sandbox = await startSandbox(options.count === undefined ? { users: USERS, ...options } : options);
  const transport = createUndiciTransport();
  t.after(async () => {
    await sandbox.close();
    await transport.close();
  });
  const domain = parseTenantDomain(sandbox.domain);
  assert(domain);
  const tenant = tenantOf(domain, loopbackOrigin(sandbox.url));
  const given = credentials?.(sandbox) ?? { kind: 'token', token: sandbox.token };
  const tokens = tokenProviderOf(given, { tenant, transport, observer });
  const client = createManagementClient({ tenant, tokens, transport, observer, timeoutMs });
  return { sandbox, client, tokens };
}

/** A root key of the `user_metadata` that the server holds. */
function held(sandbox: Sandbox, id: string, key: string): unknown {
  const metadata = sandbox.control.user(id)?.user_metadata;
  return isObject(metadata) ? metadata[key] : undefined;
}

async function errorOf(promise: Promise<unknown>): Promise<ManagementError> {
  try {
    await promise;
  } catch (error) {
    assert(ManagementError.is(error), String(error));
    return error;
  }
  return assert.fail('nothing was thrown');
}

test('the sample tenant is listed page by page, each user once', async t => {
  const { sandbox, client } = await open(t, { count: 320 });
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
  const { client } = await open(t, { count: 1100 });
  const last = await client.listUsers({ page: 9, perPage: 100 });
  assert.deepEqual([last.total, last.capped, last.nextPage, last.users.length], [1100, true, undefined, 100]);
  const error = await errorOf(client.listUsers({ page: 10, perPage: 100 }));
  assert.deepEqual([error.kind, error.status], ['invalid', 400]);
  assert.match(error.serviceMessage ?? '', /first 1000 records/);
});

for (const { user_id: id } of USERS) {
  test(`${id} is got, patched and found`, async t => {
    const { sandbox, client } = await open(t);
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
    const { client } = await open(t);
    const result = await client.listUsers({ page: 0, perPage: 50, query: toUserQuery(typed)?.q });
    assert.deepEqual(new Set(result.users.map(user => user.email)), new Set(emails));
  });
}

test('a query that cannot be parsed is said to be one, without being quoted', async t => {
  const { client } = await open(t);
  const error = await errorOf(client.listUsers({ page: 0, perPage: 50, query: 'name:"hunter2' }));
  assert.deepEqual([error.kind, error.serviceMessage], ['invalid', 'Failed to parse query']);
});

test('users by e-mail, exact', async t => {
  const { client } = await open(t);
  assert.deepEqual(
    (await client.usersByEmail('jane.doe@example.com')).map(user => user.id),
    [ID],
  );
  assert.deepEqual(await client.usersByEmail('Jane.Doe@example.com'), []);
});

test('root keys are merged by the service, and an emptied section comes back empty', async t => {
  const { client } = await open(t);
  const id = userId(ID);
  assert.equal(
    writeJson((await client.patchUser(id, '{"user_metadata":{"a":{"b":1}}}')).userMetadata),
    '{"hobby":"surfing","a":{"b":1}}',
  );
  const emptied = await client.patchUser(id, '{"user_metadata":{"a":null,"hobby":null}}');
  assert.deepEqual([emptied.userMetadata.members, emptied.appMetadata.members], [[], []]);
});

test('a user is created once, and the second time refused', async t => {
  const { sandbox, client } = await open(t);
  const body = JSON.stringify({
    connection: 'Username-Password-Authentication',
    email: 'new@example.com',
    password: 'Seeded-Passw0rd!',
    user_metadata: { hobby: 'chess' },
    app_metadata: { plan: 'full' },
  });
  const created = await client.createUser(body);
  assert.equal(writeJson(created.appMetadata), '{"plan":"full"}');
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
    const { sandbox, client } = await open(t);
    const before = sandbox.control.user(ID);
    const error = await errorOf(client.patchUser(userId(ID), body));
    assert.deepEqual([error.kind, error.outcome, error.serviceMessage], ['invalid', 'refused', serviceMessage]);
    if (path) assert.deepEqual(error.path, path);
    assert.deepEqual(sandbox.control.user(ID), before);
  });
}

test('client credentials: one token for many requests, and a new one after it was refused', async t => {
  const { sandbox, client, tokens } = await open(t, {
    credentials: ({ clientId, clientSecret }) => ({ kind: 'client', clientId, clientSecret }),
  });
  await Promise.all([client.getUser(userId(ID)), client.listUsers({ page: 0, perPage: 1 }), client.listConnections()]);
  const grants = () => sandbox.control.requests.filter(request => request.path === '/oauth/token').length;
  assert.equal(grants(), 1);
  assert((await tokens.getToken()).scopes?.has('update:users'));
  const expired = { status: 401, body: '{"statusCode":401,"error":"Unauthorized","message":"Invalid token"}' };
  sandbox.control.fail({ method: 'PATCH', fault: { kind: 'answer', answer: expired } });
  await client.patchUser(userId(ID), '{"user_metadata":{"x":1}}');
  assert.equal(grants(), 2);
  assert.equal(held(sandbox, ID, 'x'), 1);
});

test('a wrong secret', async t => {
  const { client } = await open(t, {
    credentials: ({ clientId }) => ({ kind: 'client', clientId, clientSecret: 'hunter2' }),
  });
  const error = await errorOf(client.getUser(userId(ID)));
  assert.deepEqual([error.kind, error.outcome, error.errorCode], ['unauthorized', 'notSent', 'access_denied']);
});

test('an expired token and a scope that is missing', async t => {
  const { client } = await open(t, { credentials: s => ({ kind: 'token', token: s.mintToken({ expiresInS: -10 }) }) });
  assert.equal((await errorOf(client.getUser(userId(ID)))).kind, 'unauthorized');
  const { client: reader } = await open(t, {
    credentials: s => ({ kind: 'token', token: s.mintToken({ scope: 'read:users' }) }),
  });
  const error = await errorOf(reader.patchUser(userId(ID), '{"user_metadata":{}}'));
  assert.deepEqual([error.kind, error.errorCode], ['forbidden', 'insufficient_scope']);
  assert.match(error.serviceMessage ?? '', /update:users/);
});

test('the scopes of its tokens can be read', async t => {
  const { sandbox } = await open(t);
  assert(readToken(sandbox.token).scopes?.has('read:users'));
});

/** Each fault: what the client says, and whether the server holds the change all the same. */
const FAULTS: readonly (readonly [string, Fault, ErrorKind, Outcome, boolean])[] = [
  ['reset before it was read', { kind: 'resetBeforeRead' }, 'network', 'unknown', false],
  ['reset after it was applied', { kind: 'resetAfterApply' }, 'network', 'unknown', true],
  ['no answer, applied', { kind: 'stallHeaders' }, 'timeout', 'unknown', true],
  ['half an answer', { kind: 'stallBody' }, 'timeout', 'unknown', true],
  ['half a JSON, cut', { kind: 'truncateJson' }, 'network', 'unknown', true],
  ['half a JSON, whole answer', { kind: 'truncateJson', framing: 'complete' }, 'server', 'unknown', true],
  [
    '502 after it was applied',
    { kind: 'answer', answer: { status: 502, body: '<html>' }, apply: true },
    'server',
    'unknown',
    true,
  ],
  ['413', { kind: 'answer', answer: { status: 413, body: '' } }, 'invalid', 'refused', false],
];

for (const [name, fault, kind, outcome, applied] of FAULTS) {
  test(`PATCH, ${name}`, async t => {
    const { sandbox, client } = await open(t, { timeoutMs: 200 });
    sandbox.control.fail({ method: 'PATCH', fault });
    const error = await errorOf(client.patchUser(userId(ID), '{"user_metadata":{"x":1}}'));
    assert.deepEqual([error.kind, error.outcome], [kind, outcome]);
    assert.equal(held(sandbox, ID, 'x'), applied ? 1 : undefined);
    assert.equal(sandbox.control.requests.filter(request => request.method === 'PATCH').length, 1);
  });
}

test('offline: nothing was sent; and back again', async t => {
  const { sandbox, client } = await open(t);
  await sandbox.control.goOffline();
  const error = await errorOf(client.patchUser(userId(ID), '{"user_metadata":{"x":1}}'));
  assert.deepEqual([error.kind, error.outcome], ['network', 'notSent']);
  await sandbox.control.goOnline();
  await client.patchUser(userId(ID), '{"user_metadata":{"x":1}}');
  assert.equal(held(sandbox, ID, 'x'), 1);
});

for (const skewMs of [0, 3_600_000, -3_600_000]) {
  test(`a rate limit is waited for with a server clock that is off by ${skewMs / 60_000} min`, async t => {
    const waits: number[] = [];
    const { sandbox, client } = await open(t, { observer: { onWait: delayMs => waits.push(delayMs) } });
    const resetS = Math.floor((Date.now() + skewMs) / 1000) + 1;
    const headers = { 'x-ratelimit-reset': String(resetS), date: new Date((resetS - 1) * 1000).toUTCString() };
    const limited = { status: 429, body: '{"statusCode":429,"message":"Global limit has been reached"}', headers };
    sandbox.control.fail({ method: 'PATCH', fault: { kind: 'answer', answer: limited, bare: true } });
    await client.patchUser(userId(ID), '{"user_metadata":{"x":1}}');
    assert.equal(waits.length, 1);
    assert(
      waits.every(delayMs => delayMs >= 1000 && delayMs <= 1250),
      String(waits),
    );
    assert.equal(held(sandbox, ID, 'x'), 1);
  });
}
