// What the client sends again, and what it never does.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { clientCredentials } from '../../../src/management/auth/clientCredentials';
import { createManagementClient } from '../../../src/management/client';
import { DEFAULT_TIMEOUT_MS } from '../../../src/management/http/transport';
import { createUndiciTransport } from '../../../src/management/http/undiciTransport';
import { answerJson, closedOrigin, type Handler } from '../../support/http';
import { IdleTime } from '../../support/idleTime';
import { errorOf, openClient, openTransport, SECRET, tenantAt, userId } from '../../support/management';

const ID = userId('auth0|a/b');
const PROFILE = { user_id: ID, email: 'a@b.c', user_metadata: { hobby: 'surfing' } };
const BODY = `{"user_metadata":{"secret":"${SECRET}"}}`;

const limited = (headers: Record<string, string>): Handler => {
  return (_r, response, index) =>
    index === 0 ? answerJson(response, 429, {}, headers) : answerJson(response, 200, PROFILE);
};

test('a POST waits for the rate limit and says so', async t => {
  const waits: number[] = [];
  const observer = { onWait: (delayMs: number, attempt: number) => waits.push(delayMs, attempt) };
  const { server, client } = await openClient(t, limited({ 'retry-after': '0' }), { observer });
  await client.createUser(BODY);
  assert.deepEqual(
    server.requests.map(request => request.body),
    [BODY, BODY],
  );
  assert.equal(waits[1], 1);
});

test('a PATCH does not: what it was planned against would grow old', async t => {
  const observer = { onWait: () => assert.fail('it waits') };
  const { server, client } = await openClient(t, limited({ 'retry-after': '0' }), { observer });
  const error = await errorOf(client.patchUser(ID, BODY));
  assert.deepEqual([error.kind, error.outcome, error.again], ['rateLimited', 'refused', true]);
  assert.equal(server.requests.length, 1);
});

test('a wait can be cancelled, and then nothing more is sent', async t => {
  const controller = new AbortController();
  const observer = { onWait: () => controller.abort() };
  const { server, client } = await openClient(t, limited({ 'retry-after': '60' }), { observer });
  const error = await errorOf(client.createUser(BODY, controller.signal));
  assert.deepEqual([error.kind, error.outcome], ['cancelled', 'refused']);
  assert.equal(server.requests.length, 1);
});

test('a rate limit that does not end is given up', async t => {
  const time = new IdleTime(Date.now());
  const refusing: Handler = (_r, response) => answerJson(response, 429, {}, { 'retry-after': '0' });
  const { server, client } = await openClient(t, refusing, { time });
  const error = await time.passDuring(errorOf(client.getUser(ID)));
  assert.deepEqual([error.kind, error.retryAfterMs], ['rateLimited', 0]);
  assert.equal(server.requests.length, 6);
});

test('a GET is tried again after a cut connection', async t => {
  const { server, client } = await openClient(t, (_r, response, index) =>
    index < 2 ? response.destroy() : answerJson(response, 200, PROFILE),
  );
  assert.equal((await client.getUser(ID)).id, ID);
  assert.equal(server.requests.length, 3);
});

test('but not for ever', async t => {
  const { server, client } = await openClient(t, (_r, response) => response.destroy());
  assert.equal((await errorOf(client.getUser(ID))).kind, 'network');
  assert.equal(server.requests.length, 3);
});

test('a GET is tried again after a 503', async t => {
  const { server, client } = await openClient(t, (_r, response, index) =>
    index === 0 ? response.writeHead(503, { 'retry-after': '0' }).end() : answerJson(response, 200, PROFILE),
  );
  await client.getUser(ID);
  assert.equal(server.requests.length, 2);
});

test('a GET that timed out is not', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { server, client } = await openClient(t, (_r, response) => {
    t.mock.timers.tick(DEFAULT_TIMEOUT_MS);
    answerJson(response, 200, PROFILE);
  });
  assert.equal((await errorOf(client.getUser(ID))).kind, 'timeout');
  assert.equal(server.requests.length, 1);
});

test('cancelling a request ends it', async t => {
  const controller = new AbortController();
  const { client } = await openClient(t, () => controller.abort());
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
  const { server, transport } = await openTransport(t, renewing(refused));
  const tenant = tenantAt(server.origin);
  const tokens = clientCredentials({ kind: 'client', clientId: 'id', clientSecret: SECRET }, { tenant, transport });
  const client = createManagementClient({ tenant, tokens, transport });
  const urls = () => server.requests.map(request => `${request.method} ${request.url.split('/').at(-1)}`);
  return { client, urls };
}

const USER = 'auth0%7Ca%2Fb';

test('a cached token that is refused is renewed once', async t => {
  const refused: string[] = [];
  const { client, urls } = await openWithCredentials(t, refused);
  await client.getUser(ID);
  refused.push('Bearer token-0');
  await client.getUser(ID);
  assert.deepEqual(urls(), ['POST token', `GET ${USER}`, `GET ${USER}`, 'POST token', `GET ${USER}`]);
});

test('not so for a PATCH: its save begins again, with a new token', async t => {
  const refused: string[] = [];
  const { client, urls } = await openWithCredentials(t, refused);
  await client.getUser(ID);
  const ready = await client.ready(2);
  await client.getUser(ID, undefined, ready);
  refused.push('Bearer token-0');
  const error = await errorOf(client.patchUser(ID, BODY, undefined, { ready }));
  assert.deepEqual([error.kind, error.outcome, error.again], ['unauthorized', 'refused', true]);
  await client.patchUser(ID, BODY, undefined, { ready: await client.ready(2) });
  assert.deepEqual(urls(), [
    'POST token',
    `GET ${USER}`,
    `GET ${USER}`,
    `PATCH ${USER}`,
    'POST token',
    `PATCH ${USER}`,
  ]);
});

test('the GET of a save does not go on after a 401 or a 429 either', async t => {
  const refused: string[] = [];
  const renewing = await openWithCredentials(t, refused);
  await renewing.client.getUser(ID);
  const ready = await renewing.client.ready(2);
  refused.push('Bearer token-0');
  assert.equal((await errorOf(renewing.client.getUser(ID, undefined, ready))).again, true);
  const { server, client } = await openClient(t, limited({ 'retry-after': '0' }));
  assert.equal((await errorOf(client.getUser(ID, undefined, await client.ready(2)))).again, true);
  assert.equal(server.requests.length, 1);
});

test('a 401 of somebody on the way costs no token', async t => {
  const { server, client } = await openClient(t, (_r, response) => response.writeHead(401).end('<html>'), {
    tokens: {
      getToken: async () => ({ value: 'x', scopes: undefined, expiresAtMs: undefined, renewable: true }),
      invalidate: () => assert.fail('it was not Auth0 that refused it'),
    },
  });
  assert.equal((await errorOf(client.getUser(ID))).isAuth0s, false);
  assert.equal(server.requests.length, 1);
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
  const { server, client } = await openClient(t, (_r, response) =>
    answerJson(response, 401, { message: 'Invalid token' }),
  );
  assert.equal((await errorOf(client.getUser(ID))).kind, 'unauthorized');
  assert.equal(server.requests.length, 1);
});

test('a save that fails for want of a token was not sent', async t => {
  const tokens = clientCredentials(
    { kind: 'client', clientId: 'id', clientSecret: SECRET },
    { tenant: tenantAt(await closedOrigin()), transport: createUndiciTransport() },
  );
  const { server, client } = await openClient(t, () => assert.fail(), { tokens });
  assert.equal((await errorOf(client.patchUser(ID, BODY))).outcome, 'notSent');
  assert.equal(server.requests.length, 0);
});

for (const [rule, status, body, said] of [
  ['an answer with users', 200, '{"user_id":"auth0|a/b"}', [true]],
  ['a refusal of the service', 401, '{"statusCode":401,"error":"Unauthorized","message":"Invalid token"}', [false]],
  ['a 401 of somebody on the way', 401, '<html>', []],
  ['a 404', 404, '{"statusCode":404,"error":"Not Found","message":"The user does not exist."}', []],
] as const) {
  test(`what ${rule} says of the token: ${said.join() || 'nothing'}`, async t => {
    const told: boolean[] = [];
    const answer: Handler = (_r, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    };
    const { client } = await openClient(t, answer, { onTokenAnswer: isAccepted => told.push(isAccepted) });
    await client.getUser(ID).catch(() => undefined);
    assert.deepEqual(told, said);
  });
}
