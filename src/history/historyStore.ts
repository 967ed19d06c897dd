// Stores the history on disk: one file per save, limited in number and size. Independent of VS Code.
import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { UserId } from '../management/resources/users';
import type { TenantDomain } from '../management/tenant';
import { writeDurably } from './durably';
import { readRecord, type SaveRecord, writeRecord } from './saveRecord';

export interface HistoryLimits {
  readonly maxEntries: number;
  readonly maxBytes: number;
}

/** Where a record is, and what is known without reading it. */
export interface HistoryEntry {
  readonly file: string;
  readonly savedAtMs: number;
}

/** A temporary file of this age is left over from a crash. It is deleted, because it holds metadata. */
const ABANDONED_MS = 60_000;

/**
 * `<root>/<tenant>/<hash of the user id>/<time>-<unique>.json`. A crash leaves a complete record or none (see
 * durably.ts). Files that cannot be read are skipped.
 */
export class HistoryStore {
  readonly #root: string;
  readonly #limits: () => HistoryLimits;

  constructor(root: string, limits: () => HistoryLimits) {
    this.#root = root;
    this.#limits = limits;
  }

  /** Resolves once the record is on the disk. @throws if it cannot be written */
  async add(record: SaveRecord): Promise<void> {
    const name = `${String(record.savedAtMs).padStart(15, '0')}-${randomUUID()}.json`;
    await writeDurably(this.#folder(record.tenant, record.id), name, writeRecord(record));
    await this.#prune();
  }

  /** The saves of a user, or of all users of a tenant, newest first. */
  async list(tenant: TenantDomain, userId?: UserId, limit = Number.POSITIVE_INFINITY): Promise<SaveRecord[]> {
    const folder = userId ? this.#folder(tenant, userId) : join(this.#root, tenant);
    const entries = entriesOf(folder, await namesIn(folder));
    const records: SaveRecord[] = [];
    for (const { file } of newestFirst(entries)) {
      if (records.length >= limit) break;
      const record = readRecord(await readFile(file, 'utf8').catch(() => ''));
      // The folder's name is a hash, so the owner is checked in the record itself.
      if (record?.tenant === tenant && (!userId || record.id === userId)) records.push(record);
    }
    return records;
  }

  /** Deletes the saves of one tenant, or of all. */
  async clear(tenant?: TenantDomain): Promise<void> {
    await rm(tenant ? join(this.#root, tenant) : this.#root, { recursive: true, force: true });
  }

  async #prune(): Promise<void> {
    const { maxEntries, maxBytes } = this.#limits();
    const names = await namesIn(this.#root);
    for (const name of names.filter(each => each.endsWith('.tmp'))) await removeAbandoned(join(this.#root, name));
    const entries = newestFirst(entriesOf(this.#root, names));
    let bytes = 0;
    for (const [i, { file }] of entries.entries()) {
      bytes += await stat(file).then(
        ({ size }) => size,
        () => 0,
      );
      if (i >= maxEntries || bytes > maxBytes) await rm(file, { force: true });
    }
  }

  /** Hashed, because an id may contain characters that a file name may not. */
  #folder(tenant: TenantDomain, userId: UserId): string {
    return join(this.#root, tenant, createHash('sha256').update(userId).digest('hex').slice(0, 32));
  }
}

function namesIn(folder: string): Promise<string[]> {
  return readdir(folder, { recursive: true }).catch(() => []);
}

function entriesOf(folder: string, names: readonly string[]): HistoryEntry[] {
  return names.flatMap(name => {
    const [, time] = /(?:^|[/\\])(\d{15})-[^/\\]*\.json$/.exec(name) ?? [];
    return time ? [{ file: join(folder, name), savedAtMs: Number(time) }] : [];
  });
}

/** Keeps newer files: another window may be writing them. */
async function removeAbandoned(file: string): Promise<void> {
  const writtenAtMs = await stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => Number.POSITIVE_INFINITY,
  );
  if (Date.now() - writtenAtMs > ABANDONED_MS) await rm(file, { force: true });
}

function newestFirst(entries: readonly HistoryEntry[]): HistoryEntry[] {
  return [...entries].sort((a, b) => b.savedAtMs - a.savedAtMs || (a.file < b.file ? 1 : -1));
}
