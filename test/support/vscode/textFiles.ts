// Every text file of the window, and who holds it: it is open as long as an editor, an extension or an edit needs it.
import { type FileProvider, hop } from './fileProvider';
import { type FileEvents, TextFile } from './textFile';
import type { UriLike } from './uri';

export interface Reference {
  readonly file: TextFile;
  dispose(): void;
}

export interface Surroundings extends FileEvents {
  /** Undefined: no file system provider is registered for it. */
  provider(uri: UriLike): FileProvider | undefined;
  languageOf(uri: UriLike): string;
  closed(file: TextFile): void;
}

/** A reload that runs, and one that waits for it, stand for any number of file events. */
const QUEUED = 2;

export class TextFiles {
  readonly all = new Map<string, TextFile>();
  readonly #around: Surroundings;
  readonly #held = new Map<string, { count: number; readonly file: Promise<TextFile> }>();
  readonly #resolving = new Map<string, Promise<void>>();
  readonly #reloads = new Map<string, { size: number; last: Promise<void> }>();
  /** Everything that goes on by itself, so that tests can wait for it. */
  readonly #background = new Set<Promise<unknown>>();

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** Open ones: what extensions know as documents. */
  get open(): TextFile[] {
    return [...this.all.values()].filter(({ isOpen }) => isOpen);
  }

  /** Reads it if it is not open, and keeps it until the reference is disposed of. */
  async acquire(uri: UriLike): Promise<Reference> {
    const key = uri.toString();
    // One that is held is not waited for, whatever goes on with it.
    const held = this.#held.get(key) ?? { count: 0, file: this.resolve(uri) };
    this.#held.set(key, held);
    held.count++;
    let isHeld = true;
    const dispose = () => {
      if (!isHeld) return;
      isHeld = false;
      if (--held.count > 0) return;
      if (this.#held.get(key) === held) this.#held.delete(key);
      void this.inBackground(held.file.then(file => this.#letGo(file)));
    };
    try {
      return { file: await held.file, dispose };
    } catch (error) {
      dispose();
      throw error;
    }
  }

  /** @param reload an editor shows it: what is open already is looked at again, and nobody waits for that */
  async resolve(uri: UriLike, reload: boolean = false): Promise<TextFile> {
    const key = uri.toString();
    await this.#resolved(key);
    const known = this.all.get(key);
    if (known) {
      if (reload) this.inBackground(known.resolve()).catch(() => undefined);
      return known;
    }
    const file = this.create(uri);
    await this.#pend(key, file.resolve()).catch((error: unknown) => {
      this.#close(file);
      throw error;
    });
    return file;
  }

  knows(uri: UriLike): boolean {
    return this.#around.provider(uri) !== undefined;
  }

  /** One that is not open yet. */
  create(uri: UriLike): TextFile {
    const provider = this.#around.provider(uri);
    if (!provider) throw new Error(`no provider for ${uri}`);
    const file = new TextFile(uri, this.#around.languageOf(uri), provider, this.#around);
    this.all.set(uri.toString(), file);
    return file;
  }

  /** The provider says that the file has changed: only documents without unsaved text care. */
  changed(uri: UriLike): void {
    const file = this.all.get(uri.toString());
    if (file && !file.isDirty) void this.inBackground(this.#queueReload(file));
  }

  /** Once everything that goes on by itself has ended. */
  async settled(): Promise<void> {
    do {
      await Promise.all(this.#background);
      // Whoever waited for it goes on.
      await hop();
    } while (this.#background.size);
  }

  inBackground<T>(task: Promise<T>): Promise<T> {
    const ended = task.catch(() => undefined);
    this.#background.add(ended);
    void ended.then(() => this.#background.delete(ended));
    return task;
  }

  /** Everything is gone, as when the window is closed. */
  clear(): void {
    for (const file of this.all.values()) {
      file.isGone = true;
      file.document.isClosed = true;
    }
    this.all.clear();
    this.#held.clear();
    this.#resolving.clear();
    this.#reloads.clear();
  }

  async #queueReload(file: TextFile): Promise<void> {
    const key = file.document.uri.toString();
    const queue = this.#reloads.get(key) ?? { size: 0, last: Promise.resolve() };
    if (queue.size >= QUEUED) return;
    this.#reloads.set(key, queue);
    queue.size++;
    queue.last = queue.last.then(async () => {
      await this.#resolved(key);
      if (!file.isDirty && this.all.get(key) === file) await this.#pend(key, file.resolve()).catch(() => undefined);
      queue.size--;
    });
    await queue.last;
  }

  async #pend(key: string, resolving: Promise<void>): Promise<void> {
    this.#resolving.set(key, resolving);
    try {
      await resolving;
    } finally {
      this.#resolving.delete(key);
    }
  }

  async #resolved(key: string): Promise<void> {
    for (let last: Promise<void> | undefined; this.#resolving.get(key) !== last; ) {
      last = this.#resolving.get(key);
      await last?.catch(() => undefined);
    }
  }

  /** Not while it is being read, nor while it holds unsaved text. */
  async #letGo(file: TextFile): Promise<void> {
    await hop();
    const key = file.document.uri.toString();
    await this.#resolved(key);
    if (!file.isDirty && !this.#held.has(key)) this.#close(file);
  }

  /** A document without unsaved text that nobody holds any more goes. */
  cleaned(file: TextFile): void {
    if (!this.#held.has(file.document.uri.toString())) void this.inBackground(this.#letGo(file));
  }

  #close(file: TextFile): void {
    const key = file.document.uri.toString();
    if (this.all.get(key) !== file) return;
    this.all.delete(key);
    file.isGone = true;
    if (!file.isOpen) return;
    file.document.isClosed = true;
    this.#around.closed(file);
  }
}
