// The history on a real disk: in order, within its bounds, and whole or not there whatever happens to the files.

import { ofUser } from '../../../src/management/resourceId';
import { applyPatch } from '../../../src/metadata/encode';
import '../../support/vscode/install';

import assert from 'node:assert/strict';
import fsPromises, { mkdir, mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { mock, type TestContext, test } from 'node:test';
import { diskTrouble } from '../../../src/commands/history/diskTrouble';
import { type HistoryLimits, HistoryStore } from '../../../src/history/historyStore';
import { Recorder } from '../../../src/history/recorder';
import type { SaveRecord } from '../../../src/history/saveRecord';
import { planPatch } from '../../../src/metadata/plan';
import { metadata } from '../../support/json';
import { tenantAt, userId } from '../../support/management';
import { shown } from '../../support/vscode/window';

const ACME = tenantAt('https://x', 'acme.auth0.com').domain;
const OTHER = tenantAt('https://x', 'other.auth0.com').domain;
const JANE = userId('auth0|jane');
const JOHN = userId('samlp|conn|john/../%2F');
const GENEROUS: HistoryLimits = { maxEntries: 1_000, maxBytes: 10_000_000 };

async function setUp(t: TestContext, limits: HistoryLimits = GENEROUS) {
  const root = await mkdtemp(path.join(tmpdir(), 'auth0-metadata-history-'));
  t.after(() => rm(root, { recursive: true, force: true }));
  return { root, store: new HistoryStore(root, () => limits) };
}

function save(n: number, more: Partial<SaveRecord> = {}): SaveRecord {
  const before = metadata({ user_metadata: { n: n - 1, kept: true } });
  const { body } = planPatch(before, metadata({ user_metadata: { n, kept: true } }), before);
  const after = applyPatch(before, body);
  return { ...ofUser(ACME, JANE), label: `save ${n}`, savedAtMs: n, before, body, after, ...more };
}

const labels = (records: readonly SaveRecord[]) => records.map(({ label }) => label);

/** The oldest save first. */
async function filesIn(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile());
  files.sort((a, b) => (a.name < b.name ? -1 : 1));
  return files.map(({ parentPath, name }) => path.join(parentPath, name));
}

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

test('two windows that record at the same time lose nothing', async t => {
  const { root, store } = await setUp(t);
  const windows = [store, new HistoryStore(root, () => GENEROUS)];
  await Promise.all(Array.from({ length: 20 }, (_, i) => windows[i % 2]?.add(save(i))));
  assert.equal((await store.list(ACME)).length, 20);
});

test('a record is on the disk before it counts as kept: its bytes, its name, and the folders above it', async t => {
  const { root, store } = await setUp(t);
  const steps: string[] = [];
  const where = (file: unknown) => path.relative(root, String(file)).replace(/[\da-f-]{30,}/g, '…') || '.';
  const { open, rename } = fsPromises;
  t.mock.method(fsPromises, 'open', async (...args: Parameters<typeof open>) => {
    const handle = await open(...args);
    t.mock.method(handle, 'sync', async () => void steps.push(`sync ${where(args[0])}`));
    return handle;
  });
  t.mock.method(fsPromises, 'rename', async (from: string, to: string) => {
    steps.push(`rename ${where(from)} ${where(to)}`);
    await rename(from, to);
  });
  const folders = process.platform === 'win32' ? [] : ['acme.auth0.com/…', 'acme.auth0.com', '.'];
  const [own] = folders;
  const written = ['sync acme.auth0.com/…/….json.tmp', 'rename acme.auth0.com/…/….json.tmp acme.auth0.com/…/….json'];
  const then = own ? [`sync ${own}`] : [];
  await store.add(save(1));
  assert.deepEqual(steps.splice(0), [...folders.slice(1).map(folder => `sync ${folder}`), ...written, ...then]);
  await store.add(save(2));
  assert.deepEqual(steps, [...written, ...then], 'folders that are there are on the disk');
});

test('a record that the disk cuts short leaves nothing behind', async t => {
  const { root, store } = await setUp(t);
  await store.add(save(1));
  const { open } = fsPromises;
  const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  const refusing = t.mock.method(fsPromises, 'open', async (...args: Parameters<typeof open>) => {
    const handle = await open(...args);
    t.mock.method(handle, 'sync', () => Promise.reject(full));
    return handle;
  });
  await assert.rejects(store.add(save(2)), full);
  refusing.mock.restore();
  assert.equal((await filesIn(root)).length, 1);
  assert.deepEqual(labels(await store.list(ACME)), ['save 1']);
});

test('a disk that refuses is told of once a window, with what to do; the log has every time', async t => {
  const { root } = await setUp(t);
  shown.clear();
  t.after(() => shown.clear());
  const blocked = path.join(root, 'blocked');
  await writeFile(blocked, 'a file where the folder should be');
  const warn = mock.fn();
  const trouble = diskTrouble({ warn } as never, blocked);
  const recorder = new Recorder(new HistoryStore(blocked, () => GENEROUS), () => true, trouble);
  shown.answer = () => 'Open Settings';
  for (const n of [1, 2, 3]) recorder.record(save(n));
  await recorder.flushed();
  assert.equal(warn.mock.callCount(), 3);
  assert.deepEqual(
    shown.messages.map(({ buttons }) => buttons),
    [['Open Settings', 'Show Log']],
  );
  const [message] = shown.messages;
  assert.match(
    message?.text ?? '',
    /The save was made, .*\((ENOTDIR|EEXIST)\).*cannot be undone.*Make room on the disk/,
  );
  assert(message?.text.includes(blocked));
  assert.deepEqual(
    shown.executed.map(({ args }) => args),
    [['auth0Metadata.history.enabled']],
  );
});
