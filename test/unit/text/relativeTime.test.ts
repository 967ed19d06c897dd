import assert from 'node:assert/strict';
import { test } from 'node:test';
import { relativeTime } from '../../../src/text/relativeTime';

const NOW = Date.UTC(2026, 0, 31);
const HOUR = 3_600_000;

const CASES: readonly (readonly [atMs: number, text: string])[] = [
  [NOW - 20_000, 'now'],
  [NOW - 90_000, '1 minute ago'],
  [NOW - 5 * HOUR, '5 hours ago'],
  [NOW - 30 * HOUR, 'yesterday'],
  [NOW - 15 * 24 * HOUR, '2 weeks ago'],
  [NOW - 800 * 24 * HOUR, '2 years ago'],
  [NOW + 3 * HOUR, 'in 3 hours'],
];

for (const [atMs, text] of CASES) test(text, () => assert.equal(relativeTime(atMs, NOW, 'en'), text));
