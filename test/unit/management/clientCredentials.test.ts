import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { type TestContext, test } from 'node:test';
import { clientCredentials, type TokenOptions } from '../../../src/management/auth/clientCredentials';
import type { ClientCredentials } from '../../../src/management/auth/credentials';
import { tokenProviderOf } from '../../../src/management/auth/tokenProvider';
import { type ErrorKind, ManagementError, type Outcome } from '../../../src/management/errors';
import { createUndiciTransport } from '../../../src/management/http/undiciTransport';
import { answerJson, closedOrigin, type Handler } from '../../support/http';
import { openTransport, tenantAt } from '../../support/management';

const CREDENTIALS: ClientCredentials = { kind: 'client', clientId: 'id', clientSecret: 'hunter2' };
const grant = (token: string, expiresIn = 86_400) => ({
  access_token: token,
  expires_in: expiresIn,
  scope: 'read:users update:users',
  token_type: 'Bearer',
});

async function open(t: TestContext, handler: Handler, credentials = CREDENTIALS, more: Partial<TokenOptions> = {}) {
  const { server, transport } = await openTransport(t, handler);
  const tokens = clientCredentials(credentials, { tenant: tenantAt(server.origin), transport, ...more });
  return { server, tokens };
}

/** A new token with each request. */
const counting: Handler = (_request, response, index) => answerJson(response, 200, grant(`token-${index}`));

test('the request is the documented one', async t => {
  const { server, tokens } = await open(t, counting);
  await tokens.getToken();
  const [request] = server.requests;
  assert.deepEqual(
    [request?.method, request?.url, request?.headers['content-type']],
    ['POST', '/oauth/token', 'application/json'],
  );
  assert.deepEqual(JSON.parse(request?.body ?? ''), {
    grant_type: 'client_credentials',
    client_id: 'id',
    client_secret: 'hunter2',
    audience: 'https://acme.eu.auth0.com/api/v2/',
  });
});

test('a custom domain names its audience', async t => {
  const { server, tokens } = await open(t, counting, {
    ...CREDENTIALS,
    audience: 'https://canonical.auth0.com/api/v2/',
  });
  await tokens.getToken();
  assert.match(server.requests[0]?.body ?? '', /"audience":"https:\/\/canonical\.auth0\.com\/api\/v2\/"/);
});

test('a new token is not renewable, one from the cache is; scopes come from the answer', async t => {
  const { server, tokens } = await open(t, counting);
  const first = await tokens.getToken();
  const second = await tokens.getToken();
  assert.deepEqual([first.value, first.renewable], ['token-0', false]);
  assert.deepEqual([second.value, second.renewable], ['token-0', true]);
  assert.deepEqual([...(second.scopes ?? [])], ['read:users', 'update:users']);
  assert.equal(server.requests.length, 1);
});

test('ten at once share one request', async t => {
  const { server, tokens } = await open(t, counting);
  const values = await Promise.all(Array.from({ length: 10 }, () => tokens.getToken()));
  assert.deepEqual(new Set(values.map(token => token.value)), new Set(['token-0']));
  assert.equal(server.requests.length, 1);
});

test('a token is renewed a minute before it expires', async t => {
  let nowMs = 0;
  const { tokens } = await open(t, counting, CREDENTIALS, { nowMs: () => nowMs });
  const valueAt = async (ms: number) => {
    nowMs = ms;
    return (await tokens.getToken()).value;
  };
  assert.deepEqual(
    [await valueAt(0), await valueAt(86_339_999), await valueAt(86_340_000)],
    ['token-0', 'token-0', 'token-1'],
  );
});

test('a short-lived token is renewed in its last tenth', async t => {
  let nowMs = 0;
  const { tokens } = await open(
    t,
    (_r, response, index) => answerJson(response, 200, grant(`token-${index}`, 10)),
    CREDENTIALS,
    {
      nowMs: () => nowMs,
    },
  );
  await tokens.getToken();
  nowMs = 8_999;
  assert.equal((await tokens.getToken()).value, 'token-0');
  nowMs = 9_000;
  assert.equal((await tokens.getToken()).value, 'token-1');
});

test('only the token that was refused is forgotten', async t => {
  const { tokens } = await open(t, counting);
  await tokens.getToken();
  tokens.invalidate('another');
  assert.equal((await tokens.getToken()).value, 'token-0');
  tokens.invalidate('token-0');
  assert.equal((await tokens.getToken()).value, 'token-1');
});

test('a failure is not remembered', async t => {
  const { tokens } = await open(t, (_request, response, index) =>
    index === 0 ? answerJson(response, 500, {}) : answerJson(response, 200, grant('token')),
  );
  await assert.rejects(tokens.getToken(), error => ManagementError.is(error, 'server'));
  assert.equal((await tokens.getToken()).value, 'token');
});

test('who gives up does not stop the others, and leaves no listener behind', async t => {
  const controller = new AbortController();
  const { server, tokens } = await open(t, (_request, response) => {
    controller.abort();
    answerJson(response, 200, grant('token'));
  });
  const impatient = tokens.getToken(controller.signal);
  const patient = tokens.getToken(new AbortController().signal);
  await assert.rejects(impatient, error => ManagementError.is(error, 'cancelled') && error.outcome === 'notSent');
  assert.equal((await patient).value, 'token');
  assert.equal(server.requests.length, 1);
  assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
});

test('who has given up already asks for nothing', async t => {
  const { server, tokens } = await open(t, counting);
  await assert.rejects(tokens.getToken(AbortSignal.abort()), error => ManagementError.is(error, 'cancelled'));
  assert.equal(server.requests.length, 0);
});

const REFUSED: readonly (readonly [string, Handler, ErrorKind, string | undefined])[] = [
  [
    'wrong secret',
    (_r, response) => answerJson(response, 401, { error: 'access_denied', error_description: 'Unauthorized' }),
    'unauthorized',
    'Unauthorized',
  ],
  [
    'wrong audience',
    (_r, response) =>
      answerJson(response, 403, {
        error: 'access_denied',
        error_description: 'Service not enabled within domain: https://x/api/v2/',
      }),
    'forbidden',
    'Service not enabled within domain',
  ],
  ['a gateway', (_r, response) => response.writeHead(502).end('<html>hunter2</html>'), 'server', undefined],
  ['no token in it', (_r, response) => answerJson(response, 200, { token_type: 'Bearer' }), 'server', undefined],
  ['a token that is none', (_r, response) => answerJson(response, 200, grant('a\nb')), 'server', undefined],
  ['no JSON', (_r, response) => response.writeHead(200).end('{"access_token":"hunter2"'), 'server', undefined],
  ['cut every time', (_r, response) => response.destroy(), 'network', undefined],
];

for (const [name, handler, kind, serviceMessage] of REFUSED) {
  test(`${name}: ${kind}, and what wanted the token was not sent`, async t => {
    const { tokens } = await open(t, handler);
    await assert.rejects(tokens.getToken(), error => {
      assert(ManagementError.is(error, kind), String(error));
      const notSent: Outcome = 'notSent';
      assert.deepEqual([error.outcome, error.serviceMessage], [notSent, serviceMessage]);
      assert.match(error.message, /^POST \/oauth\/token: /);
      return true;
    });
  });
}

test('a token endpoint that cannot be reached', async () => {
  const transport = createUndiciTransport();
  const tokens = tokenProviderOf(CREDENTIALS, { tenant: tenantAt(await closedOrigin()), transport });
  await assert.rejects(tokens.getToken(), error => ManagementError.is(error, 'network') && error.outcome === 'notSent');
  await transport.close();
});

test('a pasted token needs no request', async () => {
  const transport = createUndiciTransport();
  const options = { tenant: tenantAt('http://127.0.0.1:1'), transport };
  assert.equal((await tokenProviderOf({ kind: 'token', token: 'pasted' }, options).getToken()).value, 'pasted');
  await transport.close();
});
