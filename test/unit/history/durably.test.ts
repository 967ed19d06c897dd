// When a record counts as kept: once its bytes, its name and the folders above it are on the disk, and not before.
import assert from 'node:assert/strict';
import fsPromises from 'node:fs/promises';
import * as path from 'node:path';
import { test } from 'node:test';
import { ACME, filesIn, labels, save, setUp } from './disk';

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
