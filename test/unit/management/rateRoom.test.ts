// How long a save holds back before its two requests, by what earlier answers have told.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Flight, RateRoom } from '../../../src/management/budget/rateRoom';
import { answerJson } from '../../support/http';
import { errorOf, openClient, userId } from '../../support/management';

const NOW = Date.UTC(2026, 0, 1);
const ID = userId('auth0|1');

interface Told {
  readonly method?: 'GET' | 'PATCH';
  readonly status?: number;
  readonly headers: Readonly<Record<string, string | number>>;
}

const told = (remaining: number, resetInS: number, limit = 10) => ({
  'x-ratelimit-limit': limit,
  'x-ratelimit-remaining': remaining,
  'x-ratelimit-reset': NOW / 1000 + resetInS,
  date: new Date(NOW).toUTCString(),
});

const CASES: readonly (readonly [rule: string, answers: readonly Told[], delayMs: number])[] = [
  ['nothing is known', [], 0],
  ['there is room for both', [{ headers: told(2, 60) }], 0],
  ['there is room for one', [{ headers: told(1, 60) }], 60_000],
  ['another route may share the limit', [{ method: 'PATCH', headers: told(1, 60) }], 60_000],
  ['there is none', [{ headers: told(0, 7) }], 7_000],
  ['the limit is one: more room will never be', [{ headers: told(1, 60, 1) }], 0],
  ['the limit is one and used', [{ headers: told(0, 5, 1) }], 5_000],
  ['a newer answer counts', [{ headers: told(0, 60) }, { headers: told(9, 60) }], 0],
  [
    'who has room says nothing of the other',
    [{ method: 'PATCH', headers: told(0, 9) }, { headers: told(9, 60) }],
    9_000,
  ],
  ['the longer of two', [{ method: 'PATCH', headers: told(0, 9, 5) }, { headers: told(1, 12) }], 12_000],
  ['an hour, which the queue does not wait for', [{ headers: told(0, 3_600) }], 3_600_000],
  ['no reset, no wait', [{ headers: { 'x-ratelimit-limit': 10, 'x-ratelimit-remaining': 0 } }], 0],
  ['numbers that are none', [{ headers: { ...told(0, 9), 'x-ratelimit-remaining': '-1' } }], 0],
  ['a 429 says when', [{ status: 429, headers: { 'retry-after': 4 } }], 4_000],
  ['a 429 that does not', [{ status: 429, headers: {} }], 500],
  [
    'each further one doubles',
    [
      { status: 429, headers: {} },
      { method: 'PATCH', headers: {} },
      { status: 429, headers: {} },
    ],
    1_000,
  ],
  [
    'but not after a success',
    [
      { status: 429, headers: {} },
      { status: 200, headers: {} },
      { status: 429, headers: {} },
    ],
    500,
  ],
  ['a 429 for an hour', [{ status: 429, headers: { 'retry-after': 3_600 } }], 3_600_000],
];

for (const [rule, answers, delayMs] of CASES) {
  test(`room: ${rule}`, () => {
    const room = new RateRoom();
    for (const { method = 'GET', status = 200, headers } of answers)
      hear(room, `${method} /users/{id}`, status, headers);
    assert.equal(
      room.delayMs(undefined, 2, () => 0, NOW),
      delayMs,
    );
    assert.equal(
      room.delayMs(undefined, 2, () => 0, NOW + 3_600_000),
      0,
      'and it is over some day',
    );
  });
}

function begin(room: RateRoom, route: string): Flight {
  room.hold(route, 1, NOW);
  return room.send(route, route, NOW);
}

function end(room: RateRoom, flight: Flight, status: number, headers: Told['headers'], nowMs = NOW): void {
  const values = new Map(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  room.answered(flight, status, name => values.get(name), nowMs, 0);
}

function hear(room: RateRoom, route: string, status: number, headers: Told['headers'], nowMs = NOW): void {
  end(room, begin(room, route), status, headers, nowMs);
}

const delayOf = (room: RateRoom, route: string, requests = 1, nowMs = NOW) =>
  room.delayMs(route, requests, () => 0, nowMs);
const [GET, PATCH] = ['GET /users/{id}', 'PATCH /users/{id}'];

test('room: what is held or on its way counts, until it is given back', () => {
  const room = new RateRoom();
  hear(room, GET, 200, told(4, 30));
  room.hold(undefined, 2, NOW);
  const flight = begin(room, GET);
  assert.deepEqual([delayOf(room, GET), delayOf(room, GET, 2)], [0, 30_000]);
  room.release(undefined, 1, NOW);
  assert.equal(delayOf(room, GET, 2), 0);
  room.failed(flight, true, NOW);
  assert.deepEqual([delayOf(room, GET, 2), delayOf(room, GET, 3)], [0, 30_000]);
});

test('room: before the first answer for a save, but not for a crowd', () => {
  const room = new RateRoom();
  assert.equal(delayOf(room, GET, 2), 0);
  begin(room, GET);
  const second = begin(room, GET);
  assert.equal(delayOf(room, GET), 3_000);
  end(room, second, 200, {});
  assert.equal(delayOf(room, GET), 0);
});

test('room: an answer that is late does not raise it', () => {
  const room = new RateRoom();
  const [slow, quick] = [begin(room, GET), begin(room, GET)];
  end(room, quick, 200, told(1, 30));
  end(room, slow, 200, told(9, 30));
  assert.deepEqual([delayOf(room, GET), delayOf(room, GET, 2)], [30_000, 30_000]);
  room.hold(GET, 1, NOW);
  end(room, room.send(GET, GET, NOW), 200, told(3, 30));
  assert.deepEqual([delayOf(room, GET, 3), delayOf(room, GET, 4)], [0, 30_000]);
});

test('room: limits of different size are different limits', () => {
  const room = new RateRoom();
  hear(room, GET, 200, told(9, 60, 10));
  hear(room, PATCH, 200, told(0, 60, 5));
  assert.deepEqual([delayOf(room, GET), delayOf(room, PATCH)], [0, 60_000]);
  assert.equal(
    room.delayMs(undefined, 1, () => 0, NOW),
    60_000,
    'for a save, both count',
  );
  assert.equal(delayOf(room, 'POST /users'), 60_000, 'and for what nothing is known of');
});

test('room: limits of one size are apart once one of them is full when the other cannot be', () => {
  const room = new RateRoom();
  hear(room, GET, 200, told(0, 60));
  hear(room, PATCH, 200, told(8, 60));
  assert.equal(delayOf(room, PATCH), 60_000, 'others may have had less of it');
  hear(room, PATCH, 200, told(9, 60));
  assert.deepEqual([delayOf(room, PATCH), delayOf(room, GET)], [0, 60_000]);
});

test('room: comes back one by one only where a fixed window cannot be', () => {
  const room = new RateRoom();
  hear(room, GET, 200, told(4, 12));
  hear(room, GET, 200, told(9, 20));
  hear(room, GET, 200, told(0, 20));
  assert.equal(delayOf(room, GET), 20_000, 'a window has ended, and is used up');
  hear(room, GET, 200, told(0, 20));
  assert(delayOf(room, GET) < 2_300, 'at least 9 in 20 seconds');
});

test('room: routes that may share a limit prove together how it recovers', () => {
  const room = new RateRoom();
  hear(room, GET, 200, told(1, 12));
  hear(room, PATCH, 200, told(0, 13));
  assert(delayOf(room, GET) < 2_000 && delayOf(room, PATCH) < 2_000, 'the reset moved, and so no window ended');
  hear(room, 'POST /users', 200, told(0, 600));
  assert(delayOf(room, 'POST /users') > 60_000, 'but no rate holds for a route that its answers rule out');
});

test('room: what is on its way may take the place of what comes back', () => {
  const room = new RateRoom();
  for (const resetInS of [1, 1]) hear(room, GET, 200, told(1, resetInS, 2));
  begin(room, GET);
  assert.deepEqual(
    [delayOf(room, GET, 1, NOW + 900), delayOf(room, GET, 2, NOW + 900)],
    [100, Number.POSITIVE_INFINITY],
  );
});

test('ready: waits before the first request of the save, in sight, and can be cancelled', async t => {
  const waits: (readonly [number, AbortSignal | undefined])[] = [];
  const controller = new AbortController();
  const observer = {
    onWait: (delayMs: number, _attempt: number, signal: AbortSignal | undefined) => {
      waits.push([delayMs, signal]);
      controller.abort();
    },
  };
  const headers = {
    'x-ratelimit-limit': '2',
    'x-ratelimit-remaining': '1',
    'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 60),
    date: new Date().toUTCString(),
  };
  const { server, client } = await openClient(t, (_r, r) => answerJson(r, 200, { user_id: ID }, headers), { observer });
  await client.getUser(ID);
  assert.equal((await errorOf(client.ready(2, controller.signal))).kind, 'cancelled');
  assert.deepEqual(
    waits.map(([delayMs, signal]) => [delayMs > 50_000, signal]),
    [[true, controller.signal]],
  );
  assert.equal(server.requests.length, 1);
});
