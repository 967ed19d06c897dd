// The rate limits of the plans, in virtual time: what is let through, and what the headers say.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Refill } from '../../../src/sandbox/http/bucket';
import { RateLimits } from '../../../src/sandbox/http/rateLimit';
import type { SandboxOptions } from '../../../src/sandbox/http/server';
import type { JsonObject } from '../../../src/sandbox/json';
import type { RouteName } from '../../../src/sandbox/service/router';
import { call, type Reply, sandboxFor, userPath } from './client';

const ID = 'auth0|1';
/** A window of every plan begins here. */
const START_MS = 1_800_000_000_000;

class Clock {
  nowMs = START_MS;
  readonly now = (): number => this.nowMs;
}

/** A sandbox whose limits live in virtual time. */
async function limited(t: Parameters<typeof sandboxFor>[0], options: SandboxOptions) {
  const clock = new Clock();
  const sandbox = await sandboxFor(t, { users: [{ user_id: ID }], now: clock.now, ...options });
  return { clock, sandbox, get: () => call(sandbox, 'GET', userPath(ID)) };
}

const headersOf = ({ status, headers }: Reply): readonly unknown[] => [
  status,
  ...['limit', 'remaining', 'reset'].map(name => Number(headers[`x-ratelimit-${name}`])),
];

suite('how much a plan lets through', () => {
  // biome-ignore format: a table
  const cases: readonly [plan: NonNullable<SandboxOptions['plan']>, route: RouteName, burst: number, inTheNextHour: number][] = [
    ['free', 'list', 2, 7_200],
    ['free', 'patch', 2, 7_200],
    ['free', 'token', 30, 108_000],
    ['essentials', 'list', 40, 30_000],
    ['essentials', 'get', 40, 30_000],
    ['essentials', 'byEmail', 40, 30_000],
    ['essentials', 'create', 20, 12_000],
    ['essentials', 'patch', 20, 12_000],
    ['essentials', 'delete', 20, 12_000],
    ['essentials', 'connections', 50, 57_600],
    ['enterprise', 'get', 50, 57_600],
    ['enterprise', 'patch', 50, 57_600],
    ['nonproduction', 'get', 10, 7_200],
  ];
  for (const refill of ['steady', 'window'] as const) {
    for (const [plan, route, burst, inTheNextHour] of cases) {
      test(`${plan}, ${route}, ${refill}: ${burst} at once, then ${inTheNextHour} an hour`, () => {
        const clock = new Clock();
        const limits = new RateLimits({ plan, refill }, clock.now);
        assert.equal(takeAll(limits, route), burst);
        let count = 0;
        while (clock.nowMs < START_MS + 3_600_000) {
          clock.nowMs += 10;
          count += takeAll(limits, route);
        }
        assert.equal(count, inTheNextHour);
      });
    }
  }

  test('reads and writes of users have buckets of their own under essentials, and share one under free', () => {
    const remaining = (plan: 'free' | 'essentials'): readonly number[] => {
      const limits = new RateLimits({ plan }, () => START_MS);
      return (['list', 'get', 'patch', 'connections', undefined] as const).map(route => limits.take(route).remaining);
    };
    assert.deepEqual(remaining('free'), [1, 0, 0, 0, 0]);
    assert.deepEqual(remaining('essentials'), [39, 38, 19, 49, 48]);
  });

  test('a request that is refused takes nothing', () => {
    const clock = new Clock();
    const limits = new RateLimits({ plan: 'free' }, clock.now);
    for (let count = 0; count < 9; count++) limits.take('get');
    clock.nowMs += 500;
    assert.equal(limits.take('get').allowed, true);
  });

  test('only one of plan and rate limit', () => {
    assert.throws(() => new RateLimits({ plan: 'free', rateLimit: 2 }, Date.now), /Only one of plan and rateLimit/);
  });
});

suite('what the headers say', () => {
  const S = START_MS / 1000;

  test('steady refill: full again at the reset, and one more before it', async t => {
    const { clock, get } = await limited(t, { plan: 'nonproduction', refill: 'steady' });
    assert.deepEqual(headersOf(await get()), [200, 10, 9, S + 1]);
    assert.deepEqual(headersOf(await get()), [200, 10, 8, S + 1]);
    assert.deepEqual(headersOf(await get()), [200, 10, 7, S + 2]);
    for (let count = 0; count < 7; count++) await get();
    assert.deepEqual(headersOf(await get()), [429, 10, 0, S + 5]);
    clock.nowMs += 499;
    assert.deepEqual(headersOf(await get()), [429, 10, 0, S + 5]);
    clock.nowMs += 1;
    assert.deepEqual(headersOf(await get()), [200, 10, 0, S + 6]);
  });

  test('fixed window: nothing until the reset, then everything', async t => {
    const { clock, get } = await limited(t, { plan: 'nonproduction', refill: 'window' });
    for (let remaining = 9; remaining >= 0; remaining--) {
      assert.deepEqual(headersOf(await get()), [200, 10, remaining, S + 5]);
    }
    assert.deepEqual(headersOf(await get()), [429, 10, 0, S + 5]);
    clock.nowMs += 4_999;
    assert.deepEqual(headersOf(await get()), [429, 10, 0, S + 5]);
    clock.nowMs += 1;
    assert.deepEqual(headersOf(await get()), [200, 10, 9, S + 10]);
  });

  test('who waits until the reset is let through, in both meanings', () => {
    for (const refill of ['steady', 'window'] as const) {
      const clock = new Clock();
      const limits = new RateLimits({ plan: 'essentials', refill }, clock.now);
      for (let round = 0; round < 1_000; round++) {
        clock.nowMs += 137;
        let state = limits.take('patch');
        while (state.allowed && state.remaining > 0) state = limits.take('patch');
        clock.nowMs = state.resetS * 1000;
        const { allowed, remaining } = limits.take('patch');
        assert.deepEqual([allowed, remaining], [true, 19]);
      }
    }
  });

  test('the body of a 429 is the recorded one; retry-after only where asked for', async t => {
    const { clock, get } = await limited(t, { rateLimit: 1 });
    const retrying = await limited(t, { plan: 'nonproduction', refill: 'window', retryAfter: true });
    assert.equal((await get()).status, 200);
    const refused = await get();
    assert.deepEqual(refused.json, {
      statusCode: 429,
      error: 'Too Many Requests',
      message: 'Global limit has been reached',
      errorCode: 'too_many_requests',
    });
    assert.equal(refused.headers['retry-after'], undefined);
    clock.nowMs += 1_000;
    assert.equal((await get()).status, 200);

    retrying.sandbox.control.drain({ requests: 9 });
    assert.equal((await retrying.get()).headers['retry-after'], undefined);
    assert.equal((await retrying.get()).headers['retry-after'], '5');
    retrying.clock.nowMs += 3_100;
    assert.equal((await retrying.get()).headers['retry-after'], '2');
  });

  test('no limit: a bucket that is never empty', async t => {
    const { sandbox, get } = await limited(t, {});
    for (let count = 0; count < 3; count++) assert.deepEqual(headersOf(await get()), [200, 10_000, 9_999, S + 1]);
    assert.throws(() => sandbox.control.drain({ requests: 1 }), /no rate limit/);
  });
});

suite('foreign traffic', () => {
  test('takes requests at once, from one bucket or all', () => {
    const limits = new RateLimits({ plan: 'essentials' }, () => START_MS);
    limits.drain({ bucket: 'readUsers', requests: 30 });
    assert.deepEqual([limits.take('get').remaining, limits.take('patch').remaining], [9, 19]);
    limits.drain({ requests: 1_000 });
    assert.deepEqual([limits.take('get').allowed, limits.take('patch').allowed], [false, false]);
    assert.throws(
      () => new RateLimits({ plan: 'free' }, () => START_MS).drain({ bucket: 'readUsers', requests: 1 }),
      /no rate limit named readUsers/,
    );
  });

  // Enterprise: 50 at once, then 16 a second, or 50 in each window of 3,125 ms.
  // biome-ignore format: a table
  const cases: readonly [refill: Refill, perSecond: number, startsEmpty: boolean, afterMs: number, left: number][] = [
    ['steady', 6, true, 1_000, 10],
    ['steady', 26, false, 1_000, 40],
    ['steady', 16, true, 3_600_000, 0],
    ['steady', 100, false, 1_000, 0],
    ['window', 8, false, 1_000, 42],
    ['window', 8, true, 3_124, 0],
    ['window', 8, true, 4_125, 42],
    ['window', 100, false, 3_125, 50],
    ['window', 100, false, 3_625, 0],
  ];
  for (const [refill, perSecond, startsEmpty, afterMs, left] of cases) {
    const from = startsEmpty ? 'an empty' : 'a full';
    test(`takes ${perSecond} a second of ${from} bucket, ${refill}: ${left} are left after ${afterMs} ms`, () => {
      const clock = new Clock();
      const limits = new RateLimits({ plan: 'enterprise', refill }, clock.now);
      if (startsEmpty) limits.drain({ requests: 50 });
      limits.drain({ bucket: 'management', perSecond });
      clock.nowMs += afterMs;
      assert.equal(takeAll(limits, 'get'), left);
    });
  }

  test('ends, and the bucket recovers', () => {
    const clock = new Clock();
    const limits = new RateLimits({ plan: 'free' }, clock.now);
    limits.drain({ perSecond: 100 });
    clock.nowMs += 10_000;
    assert.equal(limits.take('get').allowed, false);
    limits.drain({ perSecond: 0 });
    clock.nowMs += 500;
    assert.equal(takeAll(limits, 'get'), 1);
  });

  test('over HTTP, checked', async t => {
    const { sandbox, get } = await limited(t, { plan: 'essentials', control: true });
    const post = (body: JsonObject) => call(sandbox, 'POST', '/sandbox/drain', { body });
    assert.equal((await post({ bucket: 'readUsers', requests: 40 })).status, 204);
    assert.equal((await get()).status, 429);
    assert.equal((await post({ perSecond: 1.5 })).status, 204);
    const wrong: readonly JsonObject[] = [
      {},
      { requests: '1' },
      { requests: -1 },
      { bucket: 'x', requests: 1 },
      { requests: 1, perSecond: 1 },
    ];
    for (const body of wrong) assert.equal((await post(body)).status, 400, JSON.stringify(body));
    assert.equal((await call(sandbox, 'GET', '/sandbox/drain')).status, 404);
  });
});

function takeAll(limits: RateLimits, route: RouteName): number {
  let count = 0;
  while (limits.take(route).allowed) count++;
  return count;
}
