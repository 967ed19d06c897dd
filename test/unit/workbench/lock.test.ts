import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, describe, it } from 'node:test';
import { withLock } from '../../workbench/lock';

describe('withLock', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'auth0-metadata-lock-'));
  const file = path.join(folder, 'it.lock');
  const ignore = () => undefined;
  after(() => rmSync(folder, { recursive: true }));

  it('names its owner while the task runs, and is gone afterwards', async () => {
    await withLock(file, ignore, async () => assert.equal(readFileSync(file, 'utf8'), String(process.pid)));
    assert.equal(existsSync(file), false);
  });

  it('is gone after a task that fails', async () => {
    await assert.rejects(
      withLock(file, ignore, () => Promise.reject(new Error('no'))),
      /no/,
    );
    assert.equal(existsSync(file), false);
  });

  it('lets one task run at a time, and tells the other once that it waits', async () => {
    const events: string[] = [];
    const task = (name: string) => async () => {
      events.push(`${name} starts`);
      await new Promise(resolve => setImmediate(resolve));
      events.push(`${name} ends`);
    };
    await Promise.all([
      withLock(file, ignore, task('first')),
      withLock(file, () => events.push('second waits'), task('second')),
    ]);
    assert.deepEqual(events, ['first starts', 'second waits', 'first ends', 'second starts', 'second ends']);
  });

  it('is taken over from an owner that died', async () => {
    const dead = spawnSync(process.execPath, ['--eval', '']).pid;
    writeFileSync(file, String(dead));
    assert.equal(
      await withLock(
        file,
        () => assert.fail('waits'),
        async () => 'done',
      ),
      'done',
    );
  });
});
