import '../../support/vscode/install';

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManagementError } from '../../../src/management/errors';
import { durationInWords } from '../../../src/shell/duration';
import { describeError } from '../../../src/shell/errors';

// biome-ignore format: a table
const WORDS: readonly [ms: number, words: string][] = [
  [0, '0 seconds'], [1, '1 second'], [1_000, '1 second'], [1_001, '2 seconds'], [30_000, '30 seconds'], [90_000, '90 seconds'], [90_001, '2 minutes'],
  [120_000, '2 minutes'], [120_001, '3 minutes'], [3_540_000, '59 minutes'], [3_599_000, '1 hour'], [3_600_000, '1 hour'], [3_600_001, '1 hour and 1 minute'],
  [5_400_000, '1 hour and 30 minutes'], [7_200_000, '2 hours'], [7_260_000, '2 hours and 1 minute'], [86_400_000, '24 hours'], [-5, '0 seconds'],
];

for (const [ms, words] of WORDS) test(`${ms} ms: ${words}`, () => assert.equal(durationInWords(ms), words));

test('a rate limit says when to try again in words', () => {
  const error = new ManagementError('GET', { kind: 'rateLimited', outcome: 'refused', retryAfterMs: 3_599_000 });
  assert.equal(
    describeError(error, 'acme.eu.auth0.com').message,
    'The rate limit of acme.eu.auth0.com is reached. Try again in 1 hour.',
  );
});
