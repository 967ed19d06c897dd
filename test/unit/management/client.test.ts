// What the client puts on the wire, and what it makes of the answers.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeJson } from '../../../src/json/write';
import { isCorrelationId, newCorrelationId } from '../../../src/management/correlation';
import type { LockState } from '../../../src/management/environment';
import { ManagementError } from '../../../src/management/errors';
import type { RequestInfo } from '../../../src/management/http/send';
import { LIST_FIELDS } from '../../../src/management/resources/users';
import { metadataOf } from '../../../src/metadata/document';
import { answerJson, startServer } from '../../support/http';
import { errorOf, openClient, SECRET, TOKEN, userId } from '../../support/management';

const ID = userId('auth0|a/b');
const PROFILE = { user_id: ID, email: 'a@b.c', user_metadata: { hobby: 'surfing' } };
const BODY = `{"user_metadata":{"secret":"${SECRET}"}}`;

test('a list asks for its page, the totals and the fields shown', async t => {
  const { server, client } = await openClient(t, (_r, response) =>
    answerJson(response, 200, { start: 100, limit: 50, length: 1, total: 300, users: [PROFILE] }),
  );
  const page = await client.listUsers({ page: 2, perPage: 50, query: 'name:"a b"', sort: 'created_at:-1' });
  assert.deepEqual([page.users[0]?.id, page.total, page.nextPage], [ID, 300, 3]);
  const url = new URL(server.requests[0]?.url ?? '', server.origin);
  assert.equal(url.pathname, '/api/v2/users');
  assert.deepEqual(Object.fromEntries(url.searchParams), {
    page: '2',
    per_page: '50',
    include_totals: 'true',
    fields: LIST_FIELDS,
    include_fields: 'true',
    sort: 'created_at:-1',
    q: 'name:"a b"',
    search_engine: 'v3',
  });
  assert.equal(server.requests.length, 1);
});

test('a list without a query sends none', async t => {
  const { server, client } = await openClient(t, (_r, response) => answerJson(response, 200, { users: [] }));
  await client.listUsers({ page: 0, perPage: 100 });
  assert.doesNotMatch(server.requests[0]?.url ?? '', /[?&](?:q|sort|search_engine)=/);
});

test('a user is got by an id that is encoded once, with the token', async t => {
  const { server, client } = await openClient(t, (_r, response) => answerJson(response, 200, PROFILE));
  const profile = await client.getUser(ID);
  assert.equal(profile.id, ID);
  assert.equal(writeJson(metadataOf(profile.value).user_metadata), '{"hobby":"surfing"}');
  const [request] = server.requests;
  assert.deepEqual([request?.method, request?.url], ['GET', '/api/v2/users/auth0%7Ca%2Fb']);
  assert.deepEqual([request?.headers.authorization, request?.headers['content-type']], [`Bearer ${TOKEN}`, undefined]);
});

test('users by e-mail', async t => {
  const { server, client } = await openClient(t, (_r, response) => answerJson(response, 200, [PROFILE]));
  assert.deepEqual(
    (await client.usersByEmail('a+b@c.d')).map(profile => profile.id),
    [ID],
  );
  assert.equal(server.requests[0]?.url, '/api/v2/users-by-email?email=a%2Bb%40c.d');
});

test('a PATCH sends the body as it is, and its answer keeps its numbers', async t => {
  const answer = `{"user_id":"${ID}","user_metadata":{"n":12345678901234567890}}`;
  const { server, client } = await openClient(t, (_r, response) => response.writeHead(200).end(answer));
  const body = '{ "user_metadata": { "n": 12345678901234567890, "f": 1.0, "é": "😀" } }';
  const profile = await client.patchUser(ID, body);
  assert.equal(profile.text, answer);
  const [request] = server.requests;
  assert.deepEqual([request?.method, request?.url, request?.body], ['PATCH', '/api/v2/users/auth0%7Ca%2Fb', body]);
  assert.equal(request?.headers['content-type'], 'application/json');
});

test('a user is created with one POST', async t => {
  const { server, client } = await openClient(t, (_r, response) => answerJson(response, 201, PROFILE));
  assert.equal((await client.createUser('{"connection":"Main"}')).id, ID);
  const [request] = server.requests;
  assert.deepEqual([request?.method, request?.url, request?.body], ['POST', '/api/v2/users', '{"connection":"Main"}']);
});

test('connections, their name and strategy only', async t => {
  const connection = { name: 'Main', strategy: 'auth0' };
  const { server, client } = await openClient(t, (_r, response) => answerJson(response, 200, [connection]));
  assert.deepEqual(await client.listConnections(), [connection]);
  assert.equal(server.requests[0]?.url, '/api/v2/connections?fields=name%2Cstrategy&per_page=100');
});

test('the token stays with its tenant when the service points elsewhere', async t => {
  const elsewhere = await startServer((_r, response) => answerJson(response, 200, PROFILE));
  t.after(() => elsewhere.close());
  const { client } = await openClient(t, (_r, response) =>
    response.writeHead(308, { location: `${elsewhere.origin}/x` }).end(),
  );
  const error = await errorOf(client.getUser(ID));
  assert.deepEqual([error.kind, error.status], ['server', 308]);
  assert.equal(elsewhere.connections, 0);
});

test('what is told of a request for the log has no id and no query', async t => {
  const seen: RequestInfo[] = [];
  const observer = { onRequest: (info: RequestInfo) => seen.push(info) };
  const { client } = await openClient(
    t,
    (_r, response, index) =>
      index === 1 ? answerJson(response, 404, {}) : answerJson(response, 200, index ? [] : PROFILE),
    { observer },
  );
  await client.getUser(ID);
  await errorOf(client.patchUser(ID, BODY));
  await client.usersByEmail('a@b.c');
  assert(seen.every(info => info.ms >= 0));
  assert.deepEqual(
    seen.map(({ ms: _, ...info }) => info),
    [
      { method: 'GET', route: '/api/v2/users/{id}', status: 200, errorKind: undefined },
      { method: 'PATCH', route: '/api/v2/users/{id}', status: 404, errorKind: 'notFound' },
      { method: 'GET', route: '/api/v2/users-by-email', status: 200, errorKind: undefined },
    ],
  );
});

test('open, then save: three requests on one connection', async t => {
  const { server, client } = await openClient(t, (_r, response) => answerJson(response, 200, PROFILE));
  await client.getUser(ID);
  const ready = await client.ready(2);
  await client.getUser(ID, undefined, ready);
  await client.patchUser(ID, BODY, undefined, { ready });
  assert.deepEqual([server.requests.length, server.connections], [3, 1]);
});

test('a tenant that may not be changed: nothing is sent but reads, and nothing waits', async t => {
  const states: LockState[] = [];
  const { server, client } = await openClient(t, (_r, response) => answerJson(response, 200, PROFILE), {
    lock: () => states.shift() ?? 'locked',
    tokens: { getToken: async () => assert.fail('no token is asked for'), invalidate: () => undefined },
  });
  for (const write of [() => client.patchUser(ID, BODY), () => client.createUser(BODY), () => client.ready(2)]) {
    for (const state of ['locked', 'readOnly'] as const) {
      states.push(state);
      const { kind, outcome, message } = await errorOf(write());
      assert.deepEqual([kind, outcome, message.includes(SECRET)], [state, 'notSent', false]);
    }
  }
  assert.deepEqual(server.requests, []);
});

test('a lock that falls between the read and the write of a save stops the write', async t => {
  let state: LockState = 'unlocked';
  const { server, client } = await openClient(t, (_r, response) => answerJson(response, 200, PROFILE), {
    lock: () => state,
  });
  const ready = await client.ready(2);
  await client.getUser(ID, undefined, ready);
  state = 'locked';
  assert.equal((await errorOf(client.patchUser(ID, BODY, undefined, { ready }))).kind, 'locked');
  assert.deepEqual(
    server.requests.map(({ method }) => method),
    ['GET'],
  );
});

test('a client of a past sign-in writes nothing more, whatever its tenant is now; reads go on', async t => {
  const { server, client } = await openClient(t, (_r, response) => answerJson(response, 200, PROFILE), {
    lock: () => 'open',
    isCurrent: () => false,
  });
  const ready = await client.ready(2).catch((error: unknown) => error);
  assert(ManagementError.is(ready, 'unauthorized') && ready.again && ready.outcome === 'notSent');
  assert.equal((await errorOf(client.createUser(BODY))).outcome, 'notSent');
  await client.getUser(ID);
  assert.deepEqual(
    server.requests.map(({ method }) => method),
    ['GET'],
  );
});

test('a request that writes carries the correlation ID of its save, a read carries none', async t => {
  const { server, client } = await openClient(t, (_r, response) => answerJson(response, 200, PROFILE));
  const correlationId = newCorrelationId();
  assert(isCorrelationId(correlationId) && correlationId !== newCorrelationId());
  const ready = await client.ready(2);
  await client.getUser(ID, undefined, ready);
  await client.patchUser(ID, BODY, undefined, { ready, correlationId });
  await client.createUser(BODY, undefined, { correlationId });
  await client.patchUser(ID, BODY);
  assert.deepEqual(
    server.requests.map(({ headers }) => headers['x-correlation-id']),
    [undefined, correlationId, correlationId, undefined],
  );
});
