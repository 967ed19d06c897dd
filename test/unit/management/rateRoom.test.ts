// How long a save holds back before its two requests, by what earlier answers have told.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RateRoom } from '../../../src/management/http/rateRoom';
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
  ['there is none', [{ headers: told(0, 7) }], 7_000],
  ['the limit is one: more room will never be', [{ headers: told(1, 60, 1) }], 0],
  ['the limit is one and used', [{ headers: told(0, 5, 1) }], 5_000],
  ['a newer answer counts', [{ headers: told(0, 60) }, { headers: told(9, 60) }], 0],
  ['writes have a limit of their own', [{ method: 'PATCH', headers: told(0, 9) }, { headers: told(9, 60) }], 9_000],
  ['the longer of two', [{ method: 'PATCH', headers: told(0, 9) }, { headers: told(1, 12) }], 12_000],
  ['an hour is not waited for unasked', [{ headers: told(0, 3_600) }], 0],
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
  ['a 429 for an hour', [{ status: 429, headers: { 'retry-after': 3_600 } }], 0],
];

for (const [rule, answers, delayMs] of CASES) {
  test(`room: ${rule}`, () => {
    const room = new RateRoom();
    for (const { method = 'GET', status = 200, headers } of answers) {
      const values = new Map(Object.entries(headers).map(([name, value]) => [name, String(value)]));
      room.answered(method, status, name => values.get(name), NOW, 0);
    }
    assert.equal(room.delayMs(2, NOW), delayMs);
    assert.equal(room.delayMs(2, NOW + 3_600_000), 0, 'and it is over some day');
  });
}

test('room: what is about to be sent counts', () => {
  const room = new RateRoom();
  const values = new Map(Object.entries(told(4, 30)).map(([name, value]) => [name, String(value)]));
  room.answered('GET', 200, name => values.get(name), NOW, 0);
  room.take(2);
  assert.equal(room.delayMs(2, NOW), 0);
  room.take(2);
  assert.equal(room.delayMs(2, NOW), 30_000);
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
