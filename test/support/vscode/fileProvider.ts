// A file system provider, and one file of it as VS Code knows it: by its last stat.
import type { UriLike } from './uri';

type Eventual<T> = T | Promise<T>;

/** Part of vscode.FileStat. */
export interface FileStat {
  readonly mtime: number;
  readonly size: number;
}

export interface FileProvider {
  stat(uri: UriLike): Eventual<FileStat>;
  readFile(uri: UriLike): Eventual<Uint8Array>;
  writeFile(uri: UriLike, content: Uint8Array, options: object): Eventual<void>;
}

/** The way between the window and the extensions: whatever is under way there goes first. */
export const hop = () => new Promise<void>(resolve => setImmediate(resolve));

/**
 * - A file is the same as long as mtime and size are. Their digits stand side by side without anything between them, so
 *   that small times and sizes can be mistaken for others.
 * - A stat of an earlier mtime than the one that is known is forgotten at once.
 */
export class KnownFile {
  readonly #provider: FileProvider;
  readonly #uri: UriLike;
  #stat: FileStat | undefined;

  constructor(provider: FileProvider, uri: UriLike) {
    this.#provider = provider;
    this.#uri = uri;
  }

  get stat(): FileStat | undefined {
    return this.#stat;
  }

  learn(stat: FileStat): void {
    if (!this.#stat || this.#stat.mtime <= stat.mtime) this.#stat = stat;
  }

  /** Content and stat, where they are not those that are known; with `force`, whatever they are. */
  async read(force: boolean): Promise<readonly [content: Uint8Array, stat: FileStat] | undefined> {
    if (force || !this.#stat) return this.#readAndStat();
    const stat = await this.#ask(() => this.#provider.stat(this.#uri));
    if (tagOf(stat) !== tagOf(this.#stat)) return [await this.#ask(() => this.#provider.readFile(this.#uri)), stat];
    this.learn(stat);
    return undefined;
  }

  /**
   * @param isCompared whether the content may be compared with a newer file
   * @throws Error FILE_MODIFIED_SINCE where the file is newer, and neither of the known size nor what is to be written
   */
  async write(content: Uint8Array, overwrite: boolean, isCompared: boolean): Promise<void> {
    const now = await this.#ask(() => this.#provider.stat(this.#uri)).catch(() => undefined);
    if (now && this.#isNewer(now) && !overwrite && !(isCompared && (await this.#holds(content, now))))
      throw new Error('FILE_MODIFIED_SINCE');
    await this.#ask(() => this.#provider.writeFile(this.#uri, content, { create: true, overwrite: true }));
    this.learn(await this.#ask(() => this.#provider.stat(this.#uri)));
  }

  #isNewer(now: FileStat): boolean {
    const known = this.#stat;
    return known !== undefined && known.mtime < now.mtime && tagOf(known) !== tagOf({ ...known, size: now.size });
  }

  async #holds(content: Uint8Array, { size }: FileStat): Promise<boolean> {
    if (content.byteLength !== size) return false;
    const read = await this.#readAndStat().catch(() => undefined);
    return read !== undefined && Buffer.compare(content, read[0]) === 0;
  }

  /** Both are under way at once: either may be newer than the other. */
  #readAndStat(): Promise<[Uint8Array, FileStat]> {
    const reading = this.#ask(() => this.#provider.readFile(this.#uri));
    return Promise.all([reading, this.#ask(() => this.#provider.stat(this.#uri))]);
  }

  async #ask<T>(call: () => Eventual<T>): Promise<T> {
    await hop();
    const answer = await call();
    await hop();
    return answer;
  }
}

function tagOf({ mtime, size }: FileStat): string {
  return mtime.toString(29) + size.toString(31);
}
