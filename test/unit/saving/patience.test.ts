// When a save no longer begins again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ErrorKind, ManagementError } from '../../../src/management/errors';
import { Patience } from '../../../src/saving/patience';

const again = (kind: ErrorKind) => new ManagementError(kind, { kind, outcome: 'refused', again: true });
const limited = again('rateLimited');
const notStarted = again('network');

function patienceAt() {
  const clock = { ms: 5, nowMs: () => clock.ms };
  return { clock, patience: new Patience(clock) };
}

test('a rate limit is waited out for a minute and a half, however many tries that takes', () => {
  const { clock, patience } = patienceAt();
  for (; clock.ms <= 90_005; clock.ms += 100) assert(patience.bears(limited), `after ${clock.ms} ms`);
  assert(!patience.bears(limited));
});

test('other failures are counted, and not those of a rate limit with them', () => {
  const { patience } = patienceAt();
  for (let i = 0; i < 5; i++) assert(patience.bears(notStarted) && patience.bears(limited));
  assert(!patience.bears(notStarted));
  assert(patience.bears(limited));
});

test('an answer of the user begins it anew', () => {
  const { clock, patience } = patienceAt();
  for (let i = 0; i < 5; i++) assert(patience.bears(notStarted) && patience.bears(limited));
  clock.ms += 600_000;
  patience.renew();
  assert(patience.bears(notStarted) && patience.bears(limited));
});

test('an error that forbids it is borne by none', () => {
  const { patience } = patienceAt();
  assert(!patience.bears(new ManagementError('404', { kind: 'notFound', outcome: 'refused' })));
  assert(!patience.bears(new Error('of our own')));
});
