// A document of a file system provider as VS Code's working copy treats it: dirty, saved, reloaded, restored.
import { positionAt } from './text';
import type { UriLike } from './uri';

export interface FileProvider {
  stat(uri: UriLike): { readonly mtime: number; readonly size: number } | Promise<{ mtime: number; size: number }>;
  readFile(uri: UriLike): Uint8Array | Promise<Uint8Array>;
  writeFile(uri: UriLike, content: Uint8Array, options: object): void | Promise<void>;
}

export interface FileEvents {
  changed(document: TextDocument): void;
  saved(document: TextDocument): void;
  opened(document: TextDocument): void;
  willSave(document: TextDocument): void;
}

/** What extensions see of it. */
export class TextDocument {
  readonly uri: UriLike;
  languageId = 'auth0-metadata';
  /** What extensions are told, which is not always so: see TextFile. */
  isDirty: boolean = false;
  isClosed: boolean = false;
  version = 1;
  text = '';

  constructor(uri: UriLike) {
    this.uri = uri;
  }

  get lineCount(): number {
    return this.text.split('\n').length;
  }

  getText(): string {
    return this.text;
  }

  positionAt(offset: number) {
    return positionAt(this.text, offset);
  }
}

/**
 * Order and conditions are those of VS Code's TextFileEditorModel. After a save, extensions are told that the document is
 * clean, also where somebody has typed on meanwhile, until the next change [seen in the real host].
 */
export class TextFile {
  readonly document: TextDocument;
  /** Whether there is unsaved text. */
  isDirty: boolean = false;
  /** Called once, between the read of a reload and its showing: a person may type there. */
  beforeShown: (() => void) | undefined;
  /** Why the last save failed. */
  error: unknown;
  readonly #provider: FileProvider;
  readonly #events: FileEvents;
  #known = { mtime: 0, size: 0 };
  #saving: boolean = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(uri: UriLike, provider: FileProvider, events: FileEvents) {
    this.document = new TextDocument(uri);
    this.#provider = provider;
    this.#events = events;
  }

  /** Opens it clean. */
  async open(): Promise<void> {
    const { uri } = this.document;
    this.document.text = Buffer.from(await this.#provider.readFile(uri)).toString();
    this.#known = await this.#provider.stat(uri);
    this.#events.opened(this.document);
  }

  /** Comes back from hot exit, with unsaved text and without a read. */
  restore(text: string): void {
    this.document.text = text;
    this.document.isDirty = true;
    this.isDirty = true;
    this.#events.opened(this.document);
  }

  /** Any edit by a person or an extension. */
  type(text: string): void {
    this.document.text = text;
    this.document.version++;
    this.document.isDirty = true;
    this.isDirty = true;
    this.#events.changed(this.document);
  }

  /** Ctrl+S: one at a time, also for a document without changes. False where it failed. */
  save(): Promise<boolean> {
    return this.#enqueue(() => this.#save());
  }

  async revert(): Promise<void> {
    await this.#enqueue(() => this.#show());
  }

  /** The provider says that the file has changed: only clean documents care. */
  async fileChanged(): Promise<void> {
    if (this.isDirty || this.#saving) return;
    await this.#enqueue(async () => {
      const { mtime, size } = await this.#provider.stat(this.document.uri);
      if (this.isDirty || (mtime === this.#known.mtime && size === this.#known.size)) return;
      await this.#show();
    });
  }

  #enqueue<T>(task: () => Promise<T>): Promise<T> {
    const run = this.#last.then(task);
    this.#last = run.catch(() => undefined);
    return run;
  }

  async #save(): Promise<boolean> {
    this.#saving = true;
    this.#events.willSave(this.document);
    const { uri, version, text } = this.document;
    try {
      const { mtime, size } = await this.#provider.stat(uri);
      if (mtime > this.#known.mtime && size !== this.#known.size && this.#known.mtime > 0) {
        // VS Code says that the file is newer and offers Overwrite, which writes the next time.
        this.#known = { mtime, size };
        throw new Error('FILE_MODIFIED_SINCE');
      }
      await this.#provider.writeFile(uri, Buffer.from(text), { create: true, overwrite: true });
      this.#known = await this.#provider.stat(uri);
    } catch (error) {
      this.error = error;
      this.document.isDirty = true;
      this.isDirty = true;
      return false;
    } finally {
      this.#saving = false;
    }
    this.error = undefined;
    if (this.document.version === version) this.isDirty = false;
    this.#tellClean();
    this.#events.saved(this.document);
    return true;
  }

  /** Text that changed while the file was read is left alone. */
  async #show(): Promise<void> {
    const { version, uri } = this.document;
    const text = Buffer.from(await this.#provider.readFile(uri)).toString();
    const known = await this.#provider.stat(uri);
    const hook = this.beforeShown;
    this.beforeShown = undefined;
    hook?.();
    if (this.document.version !== version) return;
    this.#known = known;
    if (text !== this.document.text) {
      this.document.text = text;
      this.document.version++;
    }
    this.isDirty = false;
    this.#tellClean();
  }

  /** VS Code tells of this as of a change of the text. */
  #tellClean(): void {
    this.document.isDirty = false;
    this.#events.changed(this.document);
  }
}
