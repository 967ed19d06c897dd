import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { type TestContext, test } from 'node:test';
import { inspect } from 'node:util';
import { writeJson } from '../../../src/json/write';
import { createManagementClient, type ManagementClient } from '../../../src/management/client';
import { clientCredentials } from '../../../src/management/clientCredentials';
import { type ErrorKind, ManagementError, type Outcome } from '../../../src/management/errors';
import type { RequestInfo, RequestObserver } from '../../../src/management/send';
import { parseTenantDomain, type Tenant, tenantOf } from '../../../src/management/tenant';
import { staticToken, type TokenProvider } from '../../../src/management/token';
import { createUndiciTransport } from '../../../src/management/undiciTransport';
import { LIST_FIELDS, toUserId } from '../../../src/management/users';
import { answerJson, closedOrigin, type Handler, startServer } from '../../support/http';

const TOKEN = 'seeded-token-hunter2';
const SECRET = 'seeded-metadata-value';
const ID = userId('auth0|a/b');
const PROFILE = { user_id: ID, email: 'a@b.c', user_metadata: { hobby: 'surfing' } };
const BODY = `{"user_metadata":{"secret":"${SECRET}"}}`;

function userId(text: string) {
  const id = toUserId(text);
  assert(id);
  return id;
}

function tenantAt(origin: string): Tenant {
  const domain = parseTenantDomain('acme.eu.auth0.com');
  assert(domain);
  return tenantOf(domain, origin);
}

interface Options {
  readonly tokens?: TokenProvider;
  readonly observer?: RequestObserver;
  readonly timeoutMs?: number;
}

async function open(t: TestContext, handler: Handler, options: Options = {}) {
  const server = await startServer(handler);
  return { server, client: clientAt(t, server.origin, options, () => server.close()) };
}

function clientAt(
  t: TestContext,
  origin: string,
  options: Options = {},
  close?: () => Promise<void>,
): ManagementClient {
  const transport = createUndiciTransport();
  t.after(async () => {
    await close?.();
    await transport.close();
  });
  return createManagementClient({ tenant: tenantAt(origin), tokens: staticToken(TOKEN), transport, ...options });
}

async function errorOf(promise: Promise<unknown>): Promise<ManagementError> {
  try {
    await promise;
  } catch (error) {
    assert(ManagementError.is(error), inspect(error));
    return error;
  }
  return assert.fail('nothing was thrown');
}

test('a list asks for its page, the totals and the fields shown', async t => {
  const { server, client } = await open(t, (_r, response) =>
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
  const { server, client } = await open(t, (_r, response) => answerJson(response, 200, { users: [] }));
  await client.listUsers({ page: 0, perPage: 100 });
  assert.doesNotMatch(server.requests[0]?.url ?? '', /[?&](?:q|sort|search_engine)=/);
});

test('a user is got by an id that is encoded once, with the token', async t => {
  const { server, client } = await open(t, (_r, response) => answerJson(response, 200, PROFILE));
  const profile = await client.getUser(ID);
  assert.equal(profile.id, ID);
  assert.equal(writeJson(profile.userMetadata), '{"hobby":"surfing"}');
  const [request] = server.requests;
  assert.deepEqual([request?.method, request?.url], ['GET', '/api/v2/users/auth0%7Ca%2Fb']);
  assert.deepEqual([request?.headers.authorization, request?.headers['content-type']], [`Bearer ${TOKEN}`, undefined]);
});

test('users by e-mail', async t => {
  const { server, client } = await open(t, (_r, response) => answerJson(response, 200, [PROFILE]));
  assert.deepEqual(
    (await client.usersByEmail('a+b@c.d')).map(profile => profile.id),
    [ID],
  );
  assert.equal(server.requests[0]?.url, '/api/v2/users-by-email?email=a%2Bb%40c.d');
});

test('a PATCH sends the body as it is, and its answer keeps its numbers', async t => {
  const answer = `{"user_id":"${ID}","user_metadata":{"n":12345678901234567890}}`;
  const { server, client } = await open(t, (_r, response) => response.writeHead(200).end(answer));
  const body = '{ "user_metadata": { "n": 12345678901234567890, "f": 1.0, "é": "😀" } }';
  const profile = await client.patchUser(ID, body);
  assert.equal(profile.text, answer);
  const [request] = server.requests;
  assert.deepEqual([request?.method, request?.url, request?.body], ['PATCH', '/api/v2/users/auth0%7Ca%2Fb', body]);
  assert.equal(request?.headers['content-type'], 'application/json');
});

test('a user is created with one POST', async t => {
  const { server, client } = await open(t, (_r, response) => answerJson(response, 201, PROFILE));
  assert.equal((await client.createUser('{"connection":"Main"}')).id, ID);
  const [request] = server.requests;
  assert.deepEqual([request?.method, request?.url, request?.body], ['POST', '/api/v2/users', '{"connection":"Main"}']);
});

test('connections, their name and strategy only', async t => {
  const connection = { id: 'con_1', name: 'Main', strategy: 'auth0' };
  const { server, client } = await open(t, (_r, response) => answerJson(response, 200, [connection]));
  assert.deepEqual(await client.listConnections(), [connection]);
  assert.equal(server.requests[0]?.url, '/api/v2/connections?fields=id%2Cname%2Cstrategy&per_page=100');
});

const auth0Error = (status: number, message: string, errorCode?: string, headers = {}): Handler => {
  return (_r, response) =>
    answerJson(response, status, { statusCode: status, error: 'x', message, errorCode }, headers);
};
const html = (status: number): Handler => {
  return (_r, response) => response.writeHead(status, { 'content-type': 'text/html' }).end(`<html>${SECRET}</html>`);
};
const cut = (_r: unknown, response: ServerResponse) => response.destroy();

/** What a PATCH comes to: the kind, whether it may have been applied, and how often it was sent. */
const PATCHES: readonly (readonly [string, Handler, ErrorKind, Outcome])[] = [
  ['400', auth0Error(400, `Payload validation error: '${SECRET}'`, 'invalid_body'), 'invalid', 'refused'],
  [
    '400, malformed token',
    auth0Error(400, 'Bad HTTP authentication header format', 'Bearer'),
    'unauthorized',
    'refused',
  ],
  ['401', auth0Error(401, 'Expired token received for JSON Web Token validation'), 'unauthorized', 'refused'],
  [
    '403',
    auth0Error(403, 'Insufficient scope, expected any of: update:users', 'insufficient_scope'),
    'forbidden',
    'refused',
  ],
  ['404', auth0Error(404, 'The user does not exist.', 'inexistent_user'), 'notFound', 'refused'],
  ['408', html(408), 'timeout', 'unknown'],
  ['409', auth0Error(409, 'The user already exists.', 'auth0_idp_error'), 'conflict', 'refused'],
  ['413', html(413), 'invalid', 'refused'],
  [
    '429, for an hour',
    auth0Error(429, 'Global limit has been reached', undefined, { 'retry-after': '3600' }),
    'rateLimited',
    'refused',
  ],
  ['500', auth0Error(500, 'Internal error'), 'server', 'unknown'],
  ['502', html(502), 'server', 'unknown'],
  ['503', html(503), 'server', 'unknown'],
  ['504', html(504), 'server', 'unknown'],
  ['a redirect', (_r, response) => response.writeHead(302, { location: '/elsewhere' }).end(), 'server', 'refused'],
  ['200 with HTML', html(200), 'server', 'unknown'],
  ['200 with half a JSON', (_r, response) => response.writeHead(200).end(`{"user_id":"${SECRET}`), 'server', 'unknown'],
  ['200 with another shape', (_r, response) => answerJson(response, 200, [PROFILE]), 'server', 'unknown'],
  ['204', (_r, response) => response.writeHead(204).end(), 'server', 'unknown'],
  ['cut after it was read', cut, 'network', 'unknown'],
  [
    'cut in the answer',
    (_r, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write(`{"user_id":"${SECRET}`);
      setImmediate(() => response.destroy());
    },
    'network',
    'unknown',
  ],
  ['silence', () => undefined, 'timeout', 'unknown'],
];

for (const [name, handler, kind, outcome] of PATCHES) {
  test(`PATCH, ${name}: ${kind}, ${outcome}, sent once, and nothing is given away`, async t => {
    const { server, client } = await open(t, handler, { timeoutMs: 200 });
    const error = await errorOf(client.patchUser(ID, BODY));
    assert.deepEqual([error.kind, error.outcome], [kind, outcome]);
    assert.match(error.message, /^PATCH \/api\/v2\/users\/\{id\}: /);
    assert.equal(server.requests.length, 1);
    const shown = inspect(error, { depth: null, showHidden: true }) + String(error.stack);
    for (const secret of [TOKEN, SECRET, 'a/b', 'a%2Fb']) assert(!shown.includes(secret), shown);
  });
}

test('PATCH, nobody there: not sent', async t => {
  const error = await errorOf(clientAt(t, await closedOrigin()).patchUser(ID, BODY));
  assert.deepEqual([error.kind, error.outcome, error.status], ['network', 'notSent', undefined]);
  assert(error.cause instanceof Error);
  assert.equal(error.cause.message, 'ECONNREFUSED');
});

test('what the service says is kept apart from the message', async t => {
  const message =
    "Payload validation error: 'Expected type object but found type string' on property user_metadata (x).";
  const { client } = await open(t, auth0Error(400, message, 'invalid_body'));
  const error = await errorOf(client.patchUser(ID, BODY));
  assert.deepEqual(
    [error.message, error.status, error.errorCode, error.serviceMessage, error.path],
    [
      'PATCH /api/v2/users/{id}: 400',
      400,
      'invalid_body',
      'Expected type object but found type string',
      ['user_metadata'],
    ],
  );
});

test('a rate limit that is too long to wait for says how long it is', async t => {
  const { client } = await open(t, auth0Error(429, '', undefined, { 'retry-after': '3600' }));
  assert.equal((await errorOf(client.getUser(ID))).retryAfterMs, 3_600_000);
});

test('an error knows its kind', () => {
  const error = new ManagementError('x', { kind: 'notFound', outcome: 'refused' });
  assert.deepEqual(
    [ManagementError.is(error), ManagementError.is(error, 'notFound'), ManagementError.is(error, 'server')],
    [true, true, false],
  );
  assert.equal(ManagementError.is(new Error('x')), false);
});

const limited = (headers: Record<string, string>): Handler => {
  return (_r, response, index) =>
    index === 0 ? answerJson(response, 429, {}, headers) : answerJson(response, 200, PROFILE);
};

test('a PATCH waits for the rate limit and says so', async t => {
  const waits: number[] = [];
  const observer = { onWait: (delayMs: number, attempt: number) => waits.push(delayMs, attempt) };
  const { server, client } = await open(t, limited({ 'retry-after': '0' }), { observer });
  await client.patchUser(ID, BODY);
  assert.deepEqual(
    server.requests.map(request => request.body),
    [BODY, BODY],
  );
  assert.equal(waits[1], 1);
});

test('a wait can be cancelled, and then nothing more is sent', async t => {
  const controller = new AbortController();
  const observer = { onWait: () => controller.abort() };
  const { server, client } = await open(t, limited({ 'retry-after': '60' }), { observer });
  const error = await errorOf(client.patchUser(ID, BODY, controller.signal));
  assert.deepEqual([error.kind, error.outcome], ['cancelled', 'refused']);
  assert.equal(server.requests.length, 1);
});

test('a rate limit that does not end is given up', async t => {
  const { server, client } = await open(t, (_r, response) => answerJson(response, 429, {}, { 'retry-after': '0' }));
  const error = await errorOf(client.getUser(ID));
  assert.deepEqual([error.kind, error.retryAfterMs], ['rateLimited', 0]);
  assert.equal(server.requests.length, 6);
});

test('a GET is tried again after a cut connection', async t => {
  const { server, client } = await open(t, (_r, response, index) =>
    index < 2 ? response.destroy() : answerJson(response, 200, PROFILE),
  );
  assert.equal((await client.getUser(ID)).id, ID);
  assert.equal(server.requests.length, 3);
});

test('but not for ever', async t => {
  const { server, client } = await open(t, cut);
  assert.equal((await errorOf(client.getUser(ID))).kind, 'network');
  assert.equal(server.requests.length, 3);
});

test('a GET is tried again after a 503', async t => {
  const { server, client } = await open(t, (_r, response, index) =>
    index === 0 ? response.writeHead(503, { 'retry-after': '0' }).end() : answerJson(response, 200, PROFILE),
  );
  await client.getUser(ID);
  assert.equal(server.requests.length, 2);
});

test('a GET that timed out is not', async t => {
  const { server, client } = await open(t, () => undefined, { timeoutMs: 50 });
  assert.equal((await errorOf(client.getUser(ID))).kind, 'timeout');
  assert.equal(server.requests.length, 1);
});

test('cancelling a request ends it', async t => {
  const controller = new AbortController();
  const { client } = await open(t, () => controller.abort());
  assert.equal((await errorOf(client.getUser(ID, controller.signal))).kind, 'cancelled');
});

/** Takes only the newest token; its tokens are numbered. */
const renewing = (refused: readonly string[]): Handler => {
  let issued = 0;
  return (request, response) => {
    if (request.url === '/oauth/token') {
      answerJson(response, 200, { access_token: `token-${issued++}`, expires_in: 86_400 });
    } else if (refused.includes(request.headers.authorization ?? '')) {
      answerJson(response, 401, { statusCode: 401, error: 'Unauthorized', message: 'Invalid token' });
    } else answerJson(response, 200, PROFILE);
  };
};

async function openWithCredentials(t: TestContext, refused: string[]) {
  const server = await startServer(renewing(refused));
  const transport = createUndiciTransport();
  t.after(async () => {
    await server.close();
    await transport.close();
  });
  const tenant = tenantAt(server.origin);
  const tokens = clientCredentials({ kind: 'client', clientId: 'id', clientSecret: SECRET }, { tenant, transport });
  const client = createManagementClient({ tenant, tokens, transport });
  const urls = () => server.requests.map(request => `${request.method} ${request.url.split('/').at(-1)}`);
  return { client, urls };
}

test('a cached token that is refused is renewed once, for a PATCH too', async t => {
  const refused: string[] = [];
  const { client, urls } = await openWithCredentials(t, refused);
  await client.getUser(ID);
  refused.push('Bearer token-0');
  await client.patchUser(ID, BODY);
  await client.getUser(ID);
  const user = 'auth0%7Ca%2Fb';
  assert.deepEqual(urls(), [
    'POST token',
    `GET ${user}`,
    `PATCH ${user}`,
    'POST token',
    `PATCH ${user}`,
    `GET ${user}`,
  ]);
});

test('a new token that is refused is not asked for again', async t => {
  const { client, urls } = await openWithCredentials(t, ['Bearer token-0', 'Bearer token-1']);
  assert.equal((await errorOf(client.getUser(ID))).kind, 'unauthorized');
  assert.deepEqual(urls(), ['POST token', 'GET auth0%7Ca%2Fb']);
});

test('every refused token is forgotten, so that the next request begins with a new one', async t => {
  const { client, urls } = await openWithCredentials(t, ['Bearer token-0']);
  await errorOf(client.getUser(ID));
  await client.getUser(ID);
  assert.equal(urls().filter(url => url === 'POST token').length, 2);
});

test('a pasted token that is refused is refused', async t => {
  const { server, client } = await open(t, auth0Error(401, 'Invalid token'));
  assert.equal((await errorOf(client.getUser(ID))).kind, 'unauthorized');
  assert.equal(server.requests.length, 1);
});

test('a save that fails for want of a token was not sent', async t => {
  const tokens = clientCredentials(
    { kind: 'client', clientId: 'id', clientSecret: SECRET },
    { tenant: tenantAt(await closedOrigin()), transport: createUndiciTransport() },
  );
  const { server, client } = await open(t, () => assert.fail(), { tokens });
  assert.equal((await errorOf(client.patchUser(ID, BODY))).outcome, 'notSent');
  assert.equal(server.requests.length, 0);
});

test('the token stays with its tenant when the service points elsewhere', async t => {
  const elsewhere = await startServer((_r, response) => answerJson(response, 200, PROFILE));
  t.after(() => elsewhere.close());
  const { client } = await open(t, (_r, response) =>
    response.writeHead(308, { location: `${elsewhere.origin}/x` }).end(),
  );
  const error = await errorOf(client.getUser(ID));
  assert.deepEqual([error.kind, error.status], ['server', 308]);
  assert.equal(elsewhere.connections, 0);
});

test('what is told of a request for the log has no id and no query', async t => {
  const seen: RequestInfo[] = [];
  const observer = { onRequest: (info: RequestInfo) => seen.push(info) };
  const { client } = await open(
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
  const { server, client } = await open(t, (_r, response) => answerJson(response, 200, PROFILE));
  await client.getUser(ID);
  await client.getUser(ID);
  await client.patchUser(ID, BODY);
  assert.deepEqual([server.requests.length, server.connections], [3, 1]);
});
