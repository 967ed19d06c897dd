// The control: in the process, and over HTTP where it was asked for.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isArray, isObject, type JsonObject } from '../../../src/sandbox/json';
import { at, attempt, call, sandboxFor, userPath } from './client';

const ID = 'samlp|acme|a/b#c';
const USERS: readonly JsonObject[] = [{ user_id: ID, name: 'One', user_metadata: { a: { b: null } }, logins_count: 2 }];

suite('control', () => {
  test('seeds are completed, never changed', async t => {
    const sandbox = await sandboxFor(t, { users: [...USERS, { email: 'x@example.com', app_metadata: {} }] });
    const [first, second] = sandbox.control.users();
    assert.deepEqual(first, {
      created_at: '2026-01-01T00:00:00.000Z',
      updated_at: '2026-01-01T00:00:00.000Z',
      identities: [{ connection: 'acme-saml', user_id: 'acme|a/b#c', provider: 'samlp', isSocial: false }],
      ...USERS[0],
    });
    assert.match(String(second?.user_id), /^auth0\|/);
    assert.deepEqual(second?.app_metadata, {});
    await assert.rejects(sandboxFor(t, { users: [{ user_id: '' }] }), /user_id/);
  });

  test('an edit is exact, moves updated_at, and shares nothing with the caller', async t => {
    const sandbox = await sandboxFor(t, { users: USERS });
    const before = sandbox.control.user(ID);
    const metadata = { deep: { null: null, list: [1, { two: 2 }] }, gone: null };
    const after = sandbox.control.edit(ID, user => ({ ...user, user_metadata: metadata }));
    metadata.deep.list.push(3);
    assert.deepEqual(after.user_metadata, { deep: { null: null, list: [1, { two: 2 }] }, gone: null });
    assert.deepEqual(sandbox.control.user(ID), after);
    assert.ok(String(after.updated_at) > String(before?.updated_at));
    assert.throws(() => sandbox.control.edit('nobody', user => user), /no user nobody/);
  });

  test('set, rename, delete, put', async t => {
    const sandbox = await sandboxFor(t, { users: USERS });
    assert.equal(sandbox.control.set(ID, { name: null, blocked: true }).name, undefined);
    assert.equal(sandbox.control.rename(ID, { name: 'Two', email: 'two@example.com' }).email, 'two@example.com');
    assert.equal(sandbox.control.delete(ID), true);
    assert.equal(sandbox.control.delete(ID), false);
    assert.equal(sandbox.control.user(ID), undefined);
    sandbox.control.put({ user_id: ID });
    assert.deepEqual(sandbox.control.user(ID), { user_id: ID });
  });

  test('a login moves three attributes and the time', async t => {
    const sandbox = await sandboxFor(t, { users: USERS });
    const before = sandbox.control.user(ID);
    const after = sandbox.control.login(ID);
    const moved = Object.keys(after).filter(name => JSON.stringify(after[name]) !== JSON.stringify(before?.[name]));
    assert.deepEqual(new Set(moved), new Set(['last_ip', 'last_login', 'logins_count', 'updated_at']));
    assert.equal(after.logins_count, 3);
  });

  test('the log of requests', async t => {
    const sandbox = await sandboxFor(t, { users: USERS });
    await call(sandbox, 'GET', '/api/v2/users?page=0');
    await call(sandbox, 'PATCH', userPath(ID), {
      body: '{"nonsense":1}',
      headers: { 'content-type': 'application/json' },
    });
    const seen = sandbox.control.requests.map(({ method, path, body, status }) => ({ method, path, body, status }));
    assert.deepEqual(seen, [
      { method: 'GET', path: '/api/v2/users?page=0', body: '', status: 200 },
      { method: 'PATCH', path: userPath(ID), body: '{"nonsense":1}', status: 400 },
    ]);
    assert.equal(sandbox.control.requests[0]?.headers.authorization, `Bearer ${sandbox.token}`);
    sandbox.control.clearRequests();
    assert.deepEqual(sandbox.control.requests, []);
  });

  test('the log shows who sent a request, and what it belongs to', async t => {
    const sandbox = await sandboxFor(t, { users: USERS, control: true });
    const sent = { 'X-Correlation-ID': 'save-1', 'Auth0-Client': 'eyJuYW1lIjoieCJ9' };
    await call(sandbox, 'GET', userPath(ID), { headers: sent });
    const overHttp = (await call(sandbox, 'GET', '/sandbox/requests')).json;
    for (const headers of [sandbox.control.requests[0]?.headers, at(overHttp, 0, 'headers')]) {
      assert.ok(isObject(headers));
      assert.deepEqual([headers['x-correlation-id'], headers['auth0-client']], ['save-1', 'eyJuYW1lIjoieCJ9']);
    }
  });
});

suite('control over HTTP', () => {
  const path = `/sandbox/users/${encodeURIComponent(ID)}`;

  test('users: read, set, replace, log in, delete', async t => {
    const sandbox = await sandboxFor(t, { users: USERS, control: true });
    const send = (method: string, to = path, body?: JsonObject) =>
      call(sandbox, method, to, { token: '', ...(body ? { body } : {}) });
    assert.deepEqual((await send('GET')).json, sandbox.control.user(ID));
    await send('PATCH', path, { user_metadata: { x: { y: null } } });
    assert.deepEqual(sandbox.control.user(ID)?.user_metadata, { x: { y: null } });
    assert.equal(sandbox.control.user(ID)?.name, 'One');
    assert.equal(at((await send('POST', `${path}/login`)).json, 'logins_count'), 3);
    await send('PUT', path, { name: 'Replaced' });
    assert.deepEqual(sandbox.control.user(ID), { name: 'Replaced', user_id: ID });
    assert.equal((await send('DELETE')).status, 204);
    assert.equal((await send('GET')).status, 404);
  });

  test('requests, without those of the control', async t => {
    const sandbox = await sandboxFor(t, { users: USERS, control: true });
    await call(sandbox, 'GET', userPath(ID));
    const { json } = await call(sandbox, 'GET', '/sandbox/requests');
    assert.deepEqual(isArray(json) && json.map(request => isObject(request) && request.path), [userPath(ID)]);
    assert.equal((await call(sandbox, 'DELETE', '/sandbox/requests')).status, 204);
    assert.deepEqual(sandbox.control.requests, []);
  });

  test('faults: one or several, checked', async t => {
    const sandbox = await sandboxFor(t, { users: USERS, control: true });
    const rule = { route: 'get', fault: { kind: 'resetBeforeRead' } };
    const post = (body: string) =>
      call(sandbox, 'POST', '/sandbox/faults', { body, headers: { 'content-type': 'application/json' } });
    assert.equal((await post(JSON.stringify(rule))).status, 204);
    assert.equal((await attempt(sandbox, 'GET', userPath(ID))).kind, 'failed');
    const answer = { status: 503, body: '{}', headers: { 'retry-after': '1' } };
    const edit = { kind: 'edit', when: 'before', userId: ID, set: { name: 'Edited' } };
    assert.equal((await post(JSON.stringify([{ fault: { kind: 'answer', answer } }, { fault: edit }]))).status, 204);
    assert.equal((await call(sandbox, 'GET', userPath(ID))).headers['retry-after'], '1');
    assert.equal(at((await call(sandbox, 'GET', userPath(ID))).json, 'name'), 'Edited');
    await post(JSON.stringify({ ...rule, times: 5 }));
    await call(sandbox, 'DELETE', '/sandbox/faults');
    assert.ok(sandbox.control.faultsSpent);
    for (const wrong of [
      '{}',
      '{"fault":{"kind":"hook"}}',
      '{"fault":{"kind":"answer"}}',
      '{"route":"x","fault":{"kind":"delay"}}',
      '{"times":"2","fault":{"kind":"delay"}}',
      '{',
    ]) {
      assert.equal((await post(wrong)).status, 400, wrong);
    }
  });

  test('not there unless asked for', async t => {
    const sandbox = await sandboxFor(t, { users: USERS });
    for (const route of ['/sandbox/requests', path]) assert.equal((await call(sandbox, 'GET', route)).status, 404);
  });
});
