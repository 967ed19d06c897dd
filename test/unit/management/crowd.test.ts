// When a save whose room was taken tries again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Crowd } from '../../../src/management/budget/crowd';

const CASES: readonly [name: string, delayMs: number, random: number, waitsMs: number][] = [
  ['as soon as there may be room, after a pause at the earliest', 500, 0, 550],
  ['and later by up to twice that wait', 500, 1, 1_500],
  ['but not by much where the wait is long', 60_000, 1, 62_000],
  ['and never beyond what anybody waits for', 89_000, 1, 90_000],
  ['a little later where only answers on their way can tell', Number.POSITIVE_INFINITY, 1, 2_000],
  ['after a pause where they may tell at once', Number.POSITIVE_INFINITY, 0, 50],
  ['at once where nothing is waited for, as after a refusal for an hour: the service may know better', 0, 1, 0],
];

for (const [name, delayMs, random, waitsMs] of CASES) {
  test(`a save whose room was taken tries again ${name}`, () => {
    const crowd = new Crowd(() => random);
    crowd.met(delayMs, 1_000);
    assert.equal(Math.max(0, crowd.delayMs(1_000)), waitsMs);
  });
}
