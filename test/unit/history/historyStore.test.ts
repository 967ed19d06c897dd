// The history on a real disk: in order, within its bounds, and whole or not there whatever happens to the files.
import assert from 'node:assert/strict';
import { mkdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { test } from 'node:test';
import { HistoryStore } from '../../../src/history/historyStore';
import { metadata } from '../../support/json';
import { ACME, filesIn, GENEROUS, JANE, JOHN, labels, OTHER, save, setUp } from './disk';

test('lists a user’s and a tenant’s saves, newest first, and no others', async t => {
  const { store } = await setUp(t);
  for (const n of [3, 1, 2]) await store.add(save(n));
  await store.add(save(4, { id: JOHN }));
  await store.add(save(5, { tenant: OTHER }));
  assert.deepEqual(labels(await store.list(ACME, JANE)), ['save 3', 'save 2', 'save 1']);
  assert.deepEqual(labels(await store.list(ACME)), ['save 4', 'save 3', 'save 2', 'save 1']);
  assert.deepEqual(labels(await store.list(ACME, undefined, 2)), ['save 4', 'save 3']);
  assert.deepEqual(labels(await store.list(OTHER, JOHN)), []);
});

test('keeps as many as it may, over all tenants and users: the oldest go', async t => {
  const { root, store } = await setUp(t, { ...GENEROUS, maxEntries: 3 });
  const owners = [{}, { id: JOHN }, { tenant: OTHER }];
  for (let n = 1; n <= 9; n++) await store.add(save(n, owners[n % 3]));
  assert.equal((await filesIn(root)).length, 3);
  const all = [...(await store.list(ACME)), ...(await store.list(OTHER))];
  assert.deepEqual(new Set(labels(all)), new Set(['save 7', 'save 8', 'save 9']));
});

test('keeps as many bytes as it may', async t => {
  const big = { user_metadata: { text: 'x'.repeat(10_000) } };
  const { root, store } = await setUp(t, { ...GENEROUS, maxBytes: 35_000 });
  for (let n = 1; n <= 5; n++) await store.add(save(n, { before: metadata(big) }));
  assert.deepEqual(labels(await store.list(ACME)), ['save 5', 'save 4', 'save 3']);
  assert.equal((await filesIn(root)).length, 3);
});

test('a crash in the middle of writing leaves every other save readable', async t => {
  const { root, store } = await setUp(t);
  for (let n = 1; n <= 4; n++) await store.add(save(n));
  const [first = '', second = ''] = await filesIn(root);
  const folder = path.dirname(first);
  await writeFile(path.join(folder, '000000000000005-crash.tmp'), '{"version":1,"ten');
  await truncate(second, 40);
  await writeFile(path.join(folder, '000000000000006-foreign.json'), 'somebody else’s');
  await writeFile(path.join(folder, '000000000000007-older.json'), '{"version":2}');
  await writeFile(path.join(folder, 'notes.json'), '{}');
  await mkdir(path.join(folder, '000000000000008-unreadable.json'));
  assert.deepEqual(labels(await store.list(ACME)), ['save 4', 'save 3', 'save 1']);
  await store.add(save(9));
  assert.deepEqual(labels(await store.list(ACME)), ['save 9', 'save 4', 'save 3', 'save 1']);
});

test('cut at any byte, a record is not there, and never half there', async t => {
  const { root, store } = await setUp(t);
  await store.add(save(1));
  const [file = ''] = await filesIn(root);
  const whole = await readFile(file);
  // The line feed at the end is none of the record.
  for (let length = 0; length < whole.length - 1; length++) {
    await writeFile(file, whole.subarray(0, length));
    assert.deepEqual(await store.list(ACME), [], `cut after ${length} bytes`);
  }
  await writeFile(file, whole);
  assert.deepEqual(labels(await store.list(ACME)), ['save 1']);
});

test('what a crash has left aside does not stay for ever', async t => {
  const { root, store } = await setUp(t);
  await store.add(save(1));
  const [file = ''] = await filesIn(root);
  const crashed = path.join(path.dirname(file), '000000000000001-crash.tmp');
  await writeFile(crashed, 'metadata');
  await utimes(crashed, 0, 0);
  const writing = '000000000000001-another-window.tmp';
  await writeFile(path.join(path.dirname(file), writing), 'metadata');
  await store.add(save(2));
  const left = (await filesIn(root)).map(name => path.basename(name)).filter(name => name.endsWith('.tmp'));
  assert.deepEqual(left, [writing], 'another window may be in the middle of a write');
});

test('a record in the wrong folder is nobody’s', async t => {
  const { root, store } = await setUp(t);
  await store.add(save(1));
  await store.add(save(2, { id: JOHN }));
  const [one = '', two = ''] = await filesIn(root);
  await writeFile(one, await readFile(two));
  assert.deepEqual(await store.list(ACME, JANE), []);
});

test('without a folder there is no history; clearing what is not there is no error', async t => {
  const { root, store } = await setUp(t);
  await rm(root, { recursive: true });
  assert.deepEqual(await store.list(ACME), []);
  await store.clear(ACME);
  await store.clear();
  await store.add(save(1));
  assert.deepEqual(labels(await store.list(ACME)), ['save 1']);
});

test('clearing a tenant leaves the others', async t => {
  const { root, store } = await setUp(t);
  await store.add(save(1));
  await store.add(save(2, { tenant: OTHER }));
  await store.clear(ACME);
  assert.deepEqual([await store.list(ACME), labels(await store.list(OTHER))], [[], ['save 2']]);
  await store.clear();
  assert.deepEqual(await filesIn(root).catch(() => []), []);
});

test('two windows that record at the same time lose nothing', async t => {
  const { root, store } = await setUp(t);
  const windows = [store, new HistoryStore(root, () => GENEROUS)];
  await Promise.all(Array.from({ length: 20 }, (_, i) => windows[i % 2]?.add(save(i))));
  assert.equal((await store.list(ACME)).length, 20);
});
