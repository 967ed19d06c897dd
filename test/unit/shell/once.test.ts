import assert from 'node:assert/strict';
import { test } from 'node:test';
import { once } from '../../../src/shell/once';

test('loads once, however many ask and however early', async () => {
  let loads = 0;
  const load = once(async () => ++loads);
  assert.deepEqual(await Promise.all([load(), load()]), [1, 1]);
  assert.equal(await load(), 1);
});

test('a failure is told to all who waited, and tried again by the next', async () => {
  let loads = 0;
  const load = once(async () => {
    if (++loads === 1) throw new Error('disk');
    return loads;
  });
  const outcomes = await Promise.allSettled([load(), load()]);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  assert.equal(await load(), 2);
});
