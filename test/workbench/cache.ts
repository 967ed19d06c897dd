// Tools in .vscode-test/: built once, never seen half-built.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { withLock } from './lock';
import { cacheRoot } from './paths';

/**
 * The folder `.vscode-test/<name>`, filled by `build` unless an earlier run did it.
 * `build` works in a folder beside it that is renamed when complete, so an interrupted run leaves nothing behind
 * that a later one would believe in.
 */
export async function cachedFolder(name: string, build: (folder: string) => Promise<void>): Promise<string> {
  const folder = path.join(cacheRoot, name);
  if (existsSync(folder)) return folder;
  mkdirSync(cacheRoot, { recursive: true });
  const onWait = () => console.log(`Another process is fetching ${name}; waiting for it…`);
  return withLock(`${folder}.lock`, onWait, async () => {
    if (existsSync(folder)) return folder;
    removeLeftovers(name);
    // Not a name of an earlier run's: its npm may outlive it, and still write.
    const partial = `${folder}.partial-${process.pid}`;
    mkdirSync(partial);
    try {
      await build(partial);
      renameSync(partial, folder);
    } finally {
      rmSync(partial, { recursive: true, force: true });
    }
    return folder;
  });
}

function removeLeftovers(name: string): void {
  for (const entry of readdirSync(cacheRoot)) {
    if (entry.startsWith(`${name}.partial-`)) rmSync(path.join(cacheRoot, entry), { recursive: true, force: true });
  }
}
