// Tokens, scopes, client credentials, rate limits.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Sandbox } from '../../../src/sandbox/http/server';
import type { JsonObject } from '../../../src/sandbox/json';
import { at, call, type RequestOptions, sandboxFor, userPath } from './client';

const ID = 'auth0|1';

suite('bearer tokens', () => {
  const unauthorized = (message: string): JsonObject => ({
    statusCode: 401,
    error: 'Unauthorized',
    message,
    attributes: { error: message },
  });
  const malformed = {
    statusCode: 400,
    error: 'Bad Request',
    message: 'Bad HTTP authentication header format',
    errorCode: 'Bearer',
  };
  // biome-ignore format: a table
  const cases: readonly [what: string, options: (sandbox: Sandbox) => RequestOptions, answer: JsonObject][] = [
    ['none', () => ({ token: '' }), unauthorized('Missing authentication')],
    ['malformed', () => ({ token: 'abc' }), malformed],
    ['empty', () => ({ headers: { authorization: 'Bearer ' } }), malformed],
    ['another scheme', () => ({ headers: { authorization: 'Basic YTpi' } }), malformed],
    ['no JWT inside', () => ({ token: 'a.b.c' }), unauthorized('Invalid token')],
    ['forged', s => ({ token: `${s.token.slice(0, -4)}AAAA` }), unauthorized('Invalid signature received for JSON Web Token validation')],
    ['expired', s => ({ token: s.mintToken({ expiresInS: -1 }) }), unauthorized('Expired token received for JSON Web Token validation')],
    ['for another API', s => ({ token: s.mintToken({ audience: 'https://elsewhere/' }) }), unauthorized('Bad audience: https://elsewhere/')],
  ];
  for (const [what, options, answer] of cases) {
    test(what, async t => {
      const sandbox = await sandboxFor(t);
      const reply = await call(sandbox, 'GET', '/api/v2/users', options(sandbox));
      assert.deepEqual([reply.status, reply.json], [answer.statusCode, answer]);
    });
  }

  test('a token that was ended is refused as an expired one, and no other is', async t => {
    const sandbox = await sandboxFor(t);
    sandbox.endToken(sandbox.token);
    const reply = await call(sandbox, 'GET', '/api/v2/users');
    assert.deepEqual(reply.json, unauthorized('Expired token received for JSON Web Token validation'));
    assert.equal(
      (await call(sandbox, 'GET', '/api/v2/users', { token: sandbox.mintToken({ expiresInS: 9 }) })).status,
      200,
    );
  });

  test('the token can be read like one of Auth0', async t => {
    const firstS = Math.floor(Date.now() / 1000);
    const sandbox = await sandboxFor(t);
    const claims: unknown = JSON.parse(Buffer.from(sandbox.token.split('.')[1] ?? '', 'base64url').toString());
    assert.ok(
      typeof claims === 'object' &&
        claims !== null &&
        'scope' in claims &&
        'exp' in claims &&
        'aud' in claims &&
        'iat' in claims,
    );
    assert.match(String(claims.scope), /\bread:users update:users\b/);
    assert.equal(claims.aud, `https://${sandbox.domain}/api/v2/`);
    assert.equal(Number(claims.exp) - Number(claims.iat), 86_400);
    assert.ok(firstS <= Number(claims.iat) && Number(claims.iat) <= Date.now() / 1000);
  });
});

suite('scopes', () => {
  const body = { user_metadata: { a: 1 } };
  // biome-ignore format: a table
  const cases: readonly [method: string, path: string, scope: string, options: RequestOptions, named: string][] = [
    ['GET', '/api/v2/users', 'read:users', {}, 'read:users'],
    ['GET', userPath(ID), 'read:users', {}, 'read:users'],
    ['GET', '/api/v2/users-by-email?email=a', 'read:users', {}, 'read:users'],
    ['PATCH', userPath(ID), 'update:users', { body }, 'update:users,update:users_app_metadata'],
    ['DELETE', userPath(ID), 'delete:users', {}, 'delete:users'],
    ['POST', '/api/v2/users', 'create:users', { body: { connection: 'email', email: 'a@example.com' } }, 'create:users'],
    ['GET', '/api/v2/connections', 'read:connections', {}, 'read:connections'],
    ['GET', '/api/v2/tenants/settings', 'read:tenant_settings', {}, 'read:tenant_settings'],
  ];
  for (const [method, path, scope, options, named] of cases) {
    test(`${method} ${path} wants ${scope}`, async t => {
      const sandbox = await sandboxFor(t, { users: [{ user_id: ID }] });
      const without = await call(sandbox, method, path, {
        ...options,
        token: sandbox.mintToken({ scope: 'read:clients' }),
      });
      assert.deepEqual(without.json, {
        statusCode: 403,
        error: 'Forbidden',
        message: `Insufficient scope, expected any of: ${named}`,
        errorCode: 'insufficient_scope',
      });
      const reply = await call(sandbox, method, path, { ...options, token: sandbox.mintToken({ scope }) });
      assert.ok(reply.status < 300, reply.text);
    });
  }

  test('update:users_app_metadata is for app_metadata only', async t => {
    const sandbox = await sandboxFor(t, { users: [{ user_id: ID }] });
    const token = sandbox.mintToken({ scope: 'update:users_app_metadata' });
    const patch = (sent: JsonObject) => call(sandbox, 'PATCH', userPath(ID), { token, body: sent });
    assert.equal((await patch({ app_metadata: { a: 1 } })).status, 200);
    assert.equal((await patch({ app_metadata: { a: 2 }, user_metadata: { a: 2 } })).status, 403);
    assert.deepEqual(sandbox.control.user(ID)?.app_metadata, { a: 1 });
  });

  test('the client is granted what the option says', async t => {
    const sandbox = await sandboxFor(t, { users: [{ user_id: ID }], scopes: ['read:users'] });
    assert.equal((await call(sandbox, 'GET', userPath(ID))).status, 200);
    assert.equal((await call(sandbox, 'PATCH', userPath(ID), { body })).status, 403);
  });
});

suite('POST /oauth/token', () => {
  const grant = (sandbox: Sandbox, change: JsonObject = {}): JsonObject => ({
    grant_type: 'client_credentials',
    client_id: sandbox.clientId,
    client_secret: sandbox.clientSecret,
    audience: `https://${sandbox.domain}/api/v2/`,
    ...change,
  });

  test('JSON and form', async t => {
    const sandbox = await sandboxFor(t);
    const form = new URLSearchParams(
      Object.entries(grant(sandbox)).map(([key, value]): [string, string] => [key, String(value)]),
    );
    const bodies: RequestOptions[] = [
      { body: grant(sandbox) },
      { body: form.toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    ];
    for (const options of bodies) {
      const { status, json } = await call(sandbox, 'POST', '/oauth/token', { ...options, token: '' });
      assert.equal(status, 200);
      assert.deepEqual([at(json, 'expires_in'), at(json, 'token_type')], [86_400, 'Bearer']);
      const token = String(at(json, 'access_token'));
      assert.equal((await call(sandbox, 'GET', '/api/v2/users', { token })).status, 200);
    }
  });

  // biome-ignore format: a table
  const refusals: readonly [what: string, change: JsonObject, status: number, answer: JsonObject][] = [
    ['a wrong secret', { client_secret: 'x' }, 401, { error: 'access_denied', error_description: 'Unauthorized' }],
    ['a wrong client', { client_id: 'x' }, 401, { error: 'access_denied', error_description: 'Unauthorized' }],
    ['a wrong audience', { audience: 'https://x/' }, 403, { error: 'access_denied', error_description: 'Service not enabled within domain: https://x/' }],
    ['another grant', { grant_type: 'password' }, 403, { error: 'unsupported_grant_type', error_description: 'Unsupported grant type: password' }],
    ['no client', { client_id: null }, 403, { error: 'invalid_request', error_description: 'Missing required parameter: client_id' }],
  ];
  for (const [what, change, status, answer] of refusals) {
    test(`refuses ${what}`, async t => {
      const sandbox = await sandboxFor(t);
      const reply = await call(sandbox, 'POST', '/oauth/token', { body: grant(sandbox, change), token: '' });
      assert.deepEqual([reply.status, reply.json], [status, answer]);
    });
  }
});

suite('rate limits', () => {
  test('headers on every answer, errors included', async t => {
    const sandbox = await sandboxFor(t);
    for (const path of ['/api/v2/users', '/api/v2/users/nobody', '/api/v2/nothing']) {
      const firstS = Math.floor(Date.now() / 1000);
      const { headers } = await call(sandbox, 'GET', path);
      assert.ok(Number(headers['x-ratelimit-remaining']) > 0);
      const resetS = Number(headers['x-ratelimit-reset']);
      assert.ok(firstS < resetS && resetS <= Date.now() / 1000 + 1, String(resetS));
    }
  });

  test('429 beyond the rate, until the next second', async t => {
    let nowMs = Date.now();
    const limit = { rateLimit: 3, refill: 'window', now: () => nowMs } as const;
    const sandbox = await sandboxFor(t, { ...limit, users: [{ user_id: ID }] });
    const patch = () => call(sandbox, 'PATCH', userPath(ID), { body: { app_metadata: { a: 1 } } });
    const replies = await Promise.all(Array.from({ length: 8 }, patch));
    const refused = replies.filter(({ status }) => status === 429);
    assert.equal(refused.length, 5);
    nowMs = Number(refused[0]?.headers['x-ratelimit-reset']) * 1000;
    assert.equal((await patch()).status, 200);
    assert.deepEqual(refused[0]?.json, {
      statusCode: 429,
      error: 'Too Many Requests',
      message: 'Global limit has been reached',
      errorCode: 'too_many_requests',
    });
    assert.equal(refused[0]?.headers['x-ratelimit-limit'], '3');
    assert.equal(refused[0]?.headers['x-ratelimit-remaining'], '0');
  });
});
