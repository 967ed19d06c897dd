// How the client fails: the kind, whether a PATCH may have been applied, and that nothing is given away.
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { type ErrorKind, ManagementError, type Outcome } from '../../../src/management/errors';
import { DEFAULT_TIMEOUT_MS } from '../../../src/management/http/transport';
import { answerJson, closedOrigin, type Handler } from '../../support/http';
import { clientAt, errorOf, openClient, SECRET, TOKEN, userId } from '../../support/management';

const ID = userId('auth0|a/b');
const PROFILE = { user_id: ID, email: 'a@b.c', user_metadata: { hobby: 'surfing' } };
const BODY = `{"user_metadata":{"secret":"${SECRET}"}}`;

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
    const isSilent = name === 'silence';
    if (isSilent) t.mock.timers.enable({ apis: ['setTimeout'] });
    const timePasses: Handler = (_r, response) => {
      t.mock.timers.tick(DEFAULT_TIMEOUT_MS);
      answerJson(response, 200, PROFILE);
    };
    const { server, client } = await openClient(t, isSilent ? timePasses : handler);
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
  const { client } = await openClient(t, auth0Error(400, message, 'invalid_body'));
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
  const { client } = await openClient(t, auth0Error(429, '', undefined, { 'retry-after': '3600' }));
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
