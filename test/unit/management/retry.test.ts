import assert from 'node:assert/strict';
import { test } from 'node:test';
import { retryDelayMs, toldDelayMs } from '../../../src/management/http/retry';

const NOW_S = 1_700_000_000;
const NOW_MS = NOW_S * 1000;
const HOUR_S = 3600;
const date = (seconds: number) => new Date(seconds * 1000).toUTCString();

const TOLD: readonly (readonly [string, Record<string, string>, number | undefined])[] = [
  ['nothing', {}, undefined],
  ['Retry-After in seconds', { 'retry-after': '7' }, 7000],
  ['Retry-After zero', { 'retry-after': '0' }, 0],
  ['Retry-After as a date, by the local clock', { 'retry-after': date(NOW_S + 5) }, 5000],
  ['Retry-After as a date, by the answer', { 'retry-after': date(NOW_S + 65), date: date(NOW_S + 60) }, 5000],
  ['a long Retry-After is what the service says', { 'retry-after': '3600' }, 3_600_000],
  ['nonsense', { 'retry-after': 'soon' }, undefined],
  ['negative seconds are no date that could be meant', { 'retry-after': '-1' }, undefined],
  ['reset, by the local clock', { 'x-ratelimit-reset': String(NOW_S + 3) }, 3000],
  ['reset, by the answer', { 'x-ratelimit-reset': String(NOW_S + 3), date: date(NOW_S + 1) }, 2000],
  ['Retry-After goes before reset', { 'retry-after': '1', 'x-ratelimit-reset': String(NOW_S + 30) }, 1000],
  ['reset now', { 'x-ratelimit-reset': String(NOW_S), date: date(NOW_S) }, 0],
  ['reset just past by the answer', { 'x-ratelimit-reset': String(NOW_S), date: date(NOW_S + 1) }, 0],
  [
    'server an hour ahead, with a date',
    { 'x-ratelimit-reset': String(NOW_S + HOUR_S + 2), date: date(NOW_S + HOUR_S) },
    2000,
  ],
  ['server an hour ahead, without', { 'x-ratelimit-reset': String(NOW_S + HOUR_S + 2) }, undefined],
  [
    'server an hour behind, with a date',
    { 'x-ratelimit-reset': String(NOW_S - HOUR_S + 2), date: date(NOW_S - HOUR_S) },
    2000,
  ],
  ['server an hour behind, without', { 'x-ratelimit-reset': String(NOW_S - HOUR_S + 2) }, undefined],
  ['reset is no number', { 'x-ratelimit-reset': 'x' }, undefined],
];

const headerOf = (headers: Record<string, string>) => (name: string) => headers[name];

for (const [name, headers, delayMs] of TOLD) {
  test(`told: ${name}`, () => assert.equal(toldDelayMs(headerOf(headers), NOW_MS), delayMs));
}

test('without a word from the service the wait doubles, up to a bound', () => {
  const delays = [1, 2, 3, 4, 20].map(attempt => retryDelayMs(() => undefined, attempt, NOW_MS, 0));
  assert.deepEqual(delays, [500, 1000, 2000, 4000, 90_000]);
});

test('"now" is never a burst', () => {
  const header = headerOf({ 'retry-after': '0' });
  assert.deepEqual(
    [1, 2, 3].map(attempt => retryDelayMs(header, attempt, NOW_MS, 0)),
    [100, 200, 300],
  );
});

test('chance only ever adds', () => {
  const header = headerOf({ 'retry-after': '1' });
  assert.equal(retryDelayMs(header, 1, NOW_MS, 0), 1000);
  assert.equal(retryDelayMs(header, 1, NOW_MS, 1), 1250);
});
