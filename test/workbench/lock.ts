// A lock between processes: a file that names its owner, taken over when the owner is dead.
import { randomUUID } from 'node:crypto';
import { existsSync, linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { onProcessEnd } from './lifetime';

const POLL_MS = 300;
/** Far longer than any task here takes: after that, a living process of that number is another one. */
const MAX_AGE_MS = 15 * 60_000;

/** Runs `task` while holding `file`; `onWait` is called once if somebody else holds it. */
export async function withLock<T>(file: string, onWait: () => void, task: () => Promise<T>): Promise<T> {
  let waited = false;
  while (!take(file)) {
    if (!waited) onWait();
    waited = true;
    await delay(POLL_MS);
  }
  const release = () => rmSync(file, { force: true });
  const forget = onProcessEnd(release);
  try {
    return await task();
  } finally {
    forget();
    release();
  }
}

function take(file: string): boolean {
  // Linked into place rather than created: no reader ever sees a lock without its owner.
  const own = `${file}.${randomUUID()}`;
  writeFileSync(own, String(process.pid));
  try {
    if (isAbandoned(file)) evict(file);
    linkSync(own, file);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

function isAbandoned(file: string): boolean {
  try {
    return !isAlive(Number(readFileSync(file, 'utf8'))) || Date.now() - statSync(file).mtimeMs > MAX_AGE_MS;
  } catch {
    return false;
  }
}

/** Two processes may find the same dead owner; the slower one must not evict the faster one's new lock. */
function evict(file: string): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
    if (!isAbandoned(aside) && !existsSync(file)) linkSync(aside, file);
  } catch {
    // Somebody else was faster.
  }
  rmSync(aside, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
