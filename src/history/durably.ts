// Files that are on the disk, and not only in the system's memory, once these functions resolve.
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Writes `<folder>/<name>` as a whole or not at all: aside first, as `<name>.tmp`, for the user alone. */
export async function writeDurably(folder: string, name: string, text: string): Promise<void> {
  await makeFolder(folder);
  const aside = join(folder, `${name}.tmp`);
  try {
    const file = await open(aside, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, join(folder, name));
  } catch (error) {
    // It holds metadata, and takes room on a disk that may be full.
    await rm(aside, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(folder);
}

/** A name is on the disk once the folder that holds it is. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders, and writes their entries by itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    if (!isUnsupported(error)) throw error;
  } finally {
    await handle.close();
  }
}

/** Some network file systems have no such thing. */
function isUnsupported(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EINVAL' || error.code === 'ENOTSUP');
}
