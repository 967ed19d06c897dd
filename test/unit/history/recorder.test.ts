// What is recorded, in which order, and what a disk that refuses does to it.
import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { test } from 'node:test';
import { HistoryStore } from '../../../src/history/historyStore';
import { Recorder } from '../../../src/history/recorder';
import { ACME, GENEROUS, labels, save, setUp } from './disk';

test('a disk that refuses is told of, and neither stops nor reorders what is saved after it', async t => {
  const { root } = await setUp(t);
  const blocked = path.join(root, 'blocked');
  await writeFile(blocked, 'a file where the folder should be');
  const errors: unknown[] = [];
  const recorder = new Recorder(
    new HistoryStore(blocked, () => GENEROUS),
    () => true,
    error => errors.push(error),
  );
  recorder.record(save(1));
  recorder.record(save(2));
  await recorder.flushed();
  assert.equal(errors.length, 2);
  await rm(blocked);
  recorder.record(save(3));
  recorder.record(save(4));
  await recorder.flushed();
  const records = await new HistoryStore(blocked, () => GENEROUS).list(ACME);
  assert.deepEqual([labels(records), errors.length], [['save 4', 'save 3'], 2]);
});

test('saves within one millisecond keep their order; nothing is recorded while the history is off', async t => {
  const { store } = await setUp(t);
  let enabled = true;
  const recorder = new Recorder(
    store,
    () => enabled,
    error => assert.fail(String(error)),
  );
  for (let n = 1; n <= 20; n++) recorder.record(save(n));
  enabled = false;
  recorder.record(save(21));
  await recorder.flushed();
  assert.deepEqual(
    labels(await store.list(ACME)),
    Array.from({ length: 20 }, (_, i) => `save ${20 - i}`),
  );
});
