// Each fault does on a real socket what it says.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as answers from '../../../src/sandbox/answers';
import type { Fault } from '../../../src/sandbox/http/faults';
import type { Sandbox } from '../../../src/sandbox/http/server';
import { isObject } from '../../../src/sandbox/json';
import { at, attempt, call, type Outcome, type RequestOptions, sandboxFor, userPath } from './client';

const ID = 'auth0|1';
const SEED = { users: [{ user_id: ID, user_metadata: { a: 1 } }] };

function patch(sandbox: Sandbox, options: Pick<RequestOptions, 'giveUp'> = {}): Promise<Outcome> {
  return attempt(sandbox, 'PATCH', userPath(ID), { body: { user_metadata: { a: 2 } }, ...options });
}

/** Gives up once a later request has its answer: what was sent before that has come by then. */
async function patchInVain(
  sandbox: Sandbox,
  fault: Extract<Fault, { kind: 'stallHeaders' | 'stallBody' }>,
): Promise<Outcome> {
  const giveUp = new AbortController();
  const stalled = new Promise<void>(resolve => {
    sandbox.control.fail({ route: 'patch', fault: { ...fault, stalled: resolve } });
  });
  const outcome = patch(sandbox, { giveUp: giveUp.signal });
  await stalled;
  await call(sandbox, 'GET', userPath(ID));
  giveUp.abort();
  return outcome;
}

const stored = (sandbox: Sandbox): unknown => at(sandbox.control.user(ID)?.user_metadata ?? null, 'a');

suite('faults', () => {
  // biome-ignore format: a table
  const bodies: readonly [name: string, answer: answers.Answer, status: number, text: RegExp][] = [
    ['400 with a path', answers.invalidBody('Expected type object but found type string', { path: 'user_metadata', about: 'x' }), 400, /on property user_metadata \(x\)/],
    ['401 expired', answers.expiredToken(), 401, /Expired token received/],
    ['403', answers.insufficientScope(['update:users']), 403, /expected any of: update:users/],
    ['404', answers.unknownUser(), 404, /inexistent_user/],
    ['409', answers.userExists(), 409, /The user already exists\./],
    ['413', answers.tooLarge(1_048_576), 413, /maximum allowed: 1048576/],
    ['429', answers.tooManyRequests({ 'retry-after': '2' }), 429, /Global limit has been reached/],
    ['500', answers.internalError(), 500, /An internal server error occurred/],
    ['502 as HTML', answers.gatewayHtml(), 502, /^<html>/],
    ['503', answers.unavailable(), 503, /exceeded the timeout/],
  ];
  for (const [name, answer, status, text] of bodies) {
    test(`${name}: once, nothing applied`, async t => {
      const sandbox = await sandboxFor(t, SEED);
      sandbox.control.fail({ route: 'patch', fault: { kind: 'answer', answer } });
      const outcome = await patch(sandbox);
      assert.ok(outcome.kind === 'reply');
      assert.equal(outcome.reply.status, status);
      assert.match(outcome.reply.text, text);
      assert.equal(stored(sandbox), 1);
      assert.ok(sandbox.control.faultsSpent);
      assert.ok(outcome.reply.headers['x-ratelimit-limit']);
      const again = await patch(sandbox);
      assert.ok(again.kind === 'reply' && again.reply.status === 200);
    });
  }

  test('429 with and without its headers', async t => {
    const sandbox = await sandboxFor(t, SEED);
    const headers = { 'retry-after': '3', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1900000000' };
    sandbox.control.fail({ fault: { kind: 'answer', answer: answers.tooManyRequests(headers) } });
    sandbox.control.fail({ fault: { kind: 'answer', answer: answers.tooManyRequests(), bare: true } });
    const first = await call(sandbox, 'GET', userPath(ID));
    for (const [name, value] of Object.entries(headers)) assert.equal(first.headers[name], value);
    const second = await call(sandbox, 'GET', userPath(ID));
    assert.equal(second.status, 429);
    assert.deepEqual(
      Object.keys(second.headers).filter(name => /ratelimit|retry/.test(name)),
      [],
    );
  });

  test('502 after the PATCH was applied', async t => {
    const sandbox = await sandboxFor(t, SEED);
    sandbox.control.fail({ route: 'patch', fault: { kind: 'answer', answer: answers.gatewayHtml(), apply: true } });
    const outcome = await patch(sandbox);
    assert.ok(outcome.kind === 'reply' && outcome.reply.status === 502);
    assert.equal(stored(sandbox), 2);
  });

  test('reset before the request is read', async t => {
    const sandbox = await sandboxFor(t, SEED);
    sandbox.control.fail({ fault: { kind: 'resetBeforeRead' } });
    assert.deepEqual(await patch(sandbox), { kind: 'failed', code: 'ECONNRESET', sawHeaders: false });
    assert.equal(stored(sandbox), 1);
    assert.deepEqual(
      sandbox.control.requests.map(({ body, status }) => [body, status]),
      [['', 0]],
    );
  });

  test('reset after it was applied', async t => {
    const sandbox = await sandboxFor(t, SEED);
    sandbox.control.fail({ fault: { kind: 'resetAfterApply' } });
    assert.deepEqual(await patch(sandbox), { kind: 'failed', code: 'ECONNRESET', sawHeaders: false });
    assert.equal(stored(sandbox), 2);
  });

  test('stalled headers, applied or not', async t => {
    const sandbox = await sandboxFor(t, SEED);
    const nothing = { kind: 'gaveUp', sawHeaders: false, received: '' };
    assert.deepEqual(await patchInVain(sandbox, { kind: 'stallHeaders', apply: false }), nothing);
    assert.equal(stored(sandbox), 1);
    assert.deepEqual(await patchInVain(sandbox, { kind: 'stallHeaders' }), nothing);
    assert.equal(stored(sandbox), 2);
  });

  test('stalled body', async t => {
    const sandbox = await sandboxFor(t, SEED);
    const outcome = await patchInVain(sandbox, { kind: 'stallBody' });
    assert.ok(outcome.kind === 'gaveUp' && outcome.sawHeaders);
    assert.match(outcome.received, /^\{"created_at"/);
    assert.throws(() => JSON.parse(outcome.received));
    assert.equal(stored(sandbox), 2);
  });

  test('truncated JSON, with the connection cut or as a complete answer', async t => {
    const sandbox = await sandboxFor(t, SEED);
    sandbox.control.fail({ fault: { kind: 'truncateJson' } });
    assert.deepEqual(await patch(sandbox), { kind: 'failed', code: 'ECONNRESET', sawHeaders: true });
    sandbox.control.fail({ fault: { kind: 'truncateJson', framing: 'complete' } });
    const { status, text, headers } = await call(sandbox, 'GET', userPath(ID));
    assert.deepEqual([status, Number(headers['content-length'])], [200, Buffer.byteLength(text)]);
    assert.throws(() => JSON.parse(text));
  });

  test('a clock that is an hour off', async t => {
    const sandbox = await sandboxFor(t, SEED);
    for (const skewMs of [3_600_000, -3_600_000]) {
      sandbox.control.fail({ fault: { kind: 'clockSkew', skewMs } });
      const firstS = Math.floor((Date.now() + skewMs) / 1000);
      const { headers } = await call(sandbox, 'GET', userPath(ID));
      const lastS = Math.floor((Date.now() + skewMs) / 1000);
      const [dateS, resetS] = [Date.parse(headers.date ?? '') / 1000, Number(headers['x-ratelimit-reset'])];
      assert.ok(firstS <= dateS && dateS <= lastS, headers.date);
      assert.ok(firstS < resetS && resetS <= lastS + 1, headers['x-ratelimit-reset']?.toString());
    }
  });

  test('a delay, for one request and for all', async t => {
    const sandbox = await sandboxFor(t, { ...SEED, delayMs: 30 });
    sandbox.control.fail({ path: '/api/v2/users/', delayMs: 120, fault: { kind: 'delay' } });
    for (const atLeastMs of [145, 25]) {
      const started = performance.now();
      await call(sandbox, 'GET', userPath(ID));
      assert.ok(performance.now() - started >= atLeastMs);
    }
  });

  test('another writer between GET and PATCH: a hook, or an edit as data', async t => {
    const sandbox = await sandboxFor(t, SEED);
    sandbox.control.fail({
      route: 'patch',
      fault: { kind: 'hook', before: async () => void sandbox.control.set(ID, { user_metadata: { theirs: 1 } }) },
    });
    assert.equal((await patch(sandbox)).kind, 'reply');
    assert.deepEqual(sandbox.control.user(ID)?.user_metadata, { theirs: 1, a: 2 });
    sandbox.control.fail({
      route: 'patch',
      fault: {
        kind: 'edit',
        when: 'after',
        userId: ID,
        set: { user_metadata: { last: true }, app_metadata: { x: 1 } },
      },
    });
    const outcome = await patch(sandbox);
    assert.ok(outcome.kind === 'reply');
    assert.deepEqual(at(outcome.reply.json, 'user_metadata'), { theirs: 1, a: 2 });
    assert.deepEqual(sandbox.control.user(ID)?.user_metadata, { last: true });
  });

  test('an Action changes what is stored', async t => {
    const sandbox = await sandboxFor(t, SEED);
    sandbox.control.fail({
      route: 'patch',
      fault: {
        kind: 'hook',
        store: user => ({
          ...user,
          user_metadata: { ...(isObject(user.user_metadata) ? user.user_metadata : {}), audited: true },
        }),
      },
    });
    const outcome = await patch(sandbox);
    assert.ok(outcome.kind === 'reply');
    assert.deepEqual(at(outcome.reply.json, 'user_metadata'), { a: 2, audited: true });
    assert.equal((await call(sandbox, 'GET', userPath(ID))).text, outcome.reply.text);
  });

  test('offline: refused; online again: the same tenant on the same port', async t => {
    const sandbox = await sandboxFor(t, SEED);
    await sandbox.control.goOffline();
    assert.deepEqual(await patch(sandbox), { kind: 'failed', code: 'ECONNREFUSED', sawHeaders: false });
    await sandbox.control.goOnline();
    assert.equal((await patch(sandbox)).kind, 'reply');
    assert.equal(stored(sandbox), 2);
  });

  test('closing ends stalled and delayed requests', async t => {
    const sandbox = await sandboxFor(t, SEED);
    sandbox.control.fail({ fault: { kind: 'stallHeaders' } });
    sandbox.control.fail({ delayMs: 600_000, fault: { kind: 'delay' } });
    const waiting = [patch(sandbox), patch(sandbox)];
    while (sandbox.control.requests.length < 2) await new Promise(resolve => setImmediate(resolve));
    await sandbox.close();
    // One would never end by itself, the other not before this client gives up.
    for (const outcome of await Promise.all(waiting)) assert.equal(outcome.kind, 'failed');
  });
});
