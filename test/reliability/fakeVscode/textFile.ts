// A document of a file system provider as VS Code's working copy treats it: read, dirty, saved, reloaded, gone.
import { type FileStat, isNewer, NO_TAG, tagOf } from './fileStat';
import { TextDocument } from './textDocument';
import { Turns } from './turns';
import type { UriLike } from './uri';

type Eventual<T> = T | Promise<T>;

export interface FileProvider {
  stat(uri: UriLike): Eventual<FileStat>;
  readFile(uri: UriLike): Eventual<Uint8Array>;
  writeFile(uri: UriLike, content: Uint8Array, options: object): Eventual<void>;
}

/** As in vscode.TextDocumentSaveReason. */
export const SAVE_REASON = { Manual: 1, AfterDelay: 2, FocusOut: 3 } as const;
export type SaveReason = (typeof SAVE_REASON)[keyof typeof SAVE_REASON];

/** As in vscode.TextDocumentChangeReason. */
export const CHANGE_REASON = { Undo: 1, Redo: 2 } as const;
export type ChangeReason = (typeof CHANGE_REASON)[keyof typeof CHANGE_REASON];

export interface SaveOptions {
  readonly reason?: SaveReason;
  /** Ctrl+S: a document without unsaved text is written as well. */
  readonly force?: boolean;
  /** *Save without Formatting*: no will-save event. */
  readonly withoutFormatting?: boolean;
  /** *Overwrite*, where VS Code has said that the file is newer. */
  readonly overwrite?: boolean;
}

/** What a document comes back with from hot exit. */
export interface Backup {
  readonly text: string;
  readonly stat?: FileStat | undefined;
}

export interface FileEvents {
  opened(file: TextFile): void;
  /** `text`: whether the text has changed, or only what is told of it. `reason` where it is known. */
  changed(file: TextFile, text: boolean, reason?: ChangeReason): void;
  dirtyChanged(file: TextFile): void;
  willSave(file: TextFile, reason: SaveReason): Promise<void>;
  saved(file: TextFile): void;
}

/** The way between the window and the extensions: whatever is under way there goes first. */
export const hop = () => new Promise<void>(resolve => setImmediate(resolve));

const BOM = '\uFEFF';

/**
 * Order and conditions are those of VS Code's TextFileEditorModel, held to it by test/host/calibration.test.ts.
 *
 *     opened ──▶ clean ──type──▶ dirty ──save──▶ will-save ▶ stat ▶ write ▶ stat ──▶ clean (saved)
 *                 ▲ │              ▲ ▲                │          │       └ typed during ──▶ dirty, told as clean
 *     reloaded ───┘ │ file event,  │ └────────────────┴──────────┘ newer / refused
 *        ▲          │ reopened     │ typed before it was shown: the reload is dropped
 *        └── read ◀─┴ stat ────────┘
 *
 * - A reload is one stat; only where mtime or size are not those that are known is the file read and shown. A dirty
 *   document, and one that is being saved, is left alone. Text that was typed since the reload began stays.
 * - A save compares the stat with the one that is known, which only grows: both mtime must be newer and the size another
 *   one to be refused, unless the file holds what is being saved.
 * - Extensions are told of typed text before they are told that it makes the document dirty. After a save they are told
 *   that the document is clean, also where somebody has typed on meanwhile; a tab is always right.
 */
export class TextFile {
  readonly document: TextDocument;
  /** Whether there is unsaved text. */
  isDirty: boolean = false;
  /** Called once, between the answer to a reload's read and its showing: a person may type there. */
  beforeShown: (() => void) | undefined;
  /** Called once, between the will-save event and the stat of a save: so do people and formatters. */
  afterWillSave: (() => void) | undefined;
  /** Why the last save failed. */
  error: unknown;
  isOpen: boolean = false;
  isGone: boolean = false;
  readonly #provider: FileProvider;
  readonly #events: FileEvents;
  readonly #saves = new Turns();
  #known: (FileStat & { readonly tag: string }) | undefined;
  #isAnnounced: boolean = false;
  #hasMark: boolean = false;
  /** Each text has a number of its own, which it has again when it comes back by undo. */
  #number = 1;
  #numbers = 1;
  #savedNumber: number | undefined;
  readonly #past: { readonly text: string; readonly number: number }[] = [];
  readonly #future: { readonly text: string; readonly number: number }[] = [];

  constructor(uri: UriLike, languageId: string, provider: FileProvider, events: FileEvents) {
    this.document = new TextDocument(uri, languageId, () => this.save());
    this.#provider = provider;
    this.#events = events;
  }

  get isSaving(): boolean {
    return this.#saves.isRunning();
  }

  /** What hot exit keeps of it. */
  get backup(): Backup {
    return { text: this.document.text, stat: this.#known };
  }

  /** Reads the file if it is not open yet or has changed; with `force`, whatever its stat says. */
  async resolve(force: boolean = false): Promise<void> {
    if (this.isGone || this.isDirty || this.isSaving) return;
    const { version, uri } = this.document;
    try {
      let stat: FileStat | undefined;
      if (!force && this.#known && this.#known.tag !== NO_TAG) {
        stat = await this.#ask(() => this.#provider.stat(uri));
        if (tagOf(stat) === this.#known.tag) return this.#learn(stat);
      }
      const [bytes, known] = await this.#readAndStat(stat);
      this.#runOnce('beforeShown');
      if (this.document.version === version && !this.isGone) this.#show(Buffer.from(bytes).toString(), known, false);
    } catch (error) {
      if (!this.isOpen || force || !isNotFound(error)) throw error;
    }
  }

  /** Comes back from hot exit, with unsaved text, without a stat and without a read. */
  restore({ text, stat = { mtime: 0, size: 0 } }: Backup): void {
    this.#known = { ...stat, tag: tagOf(stat) };
    this.#show(text, stat, true);
  }

  /** Any edit by a person or an extension; typing back what was saved is an edit as well. */
  type(text: string): void {
    this.#past.push({ text: this.document.text, number: this.#number });
    this.#future.length = 0;
    this.#edit(text, ++this.#numbers);
  }

  /** Takes the last edit back, a reload as well. Back at what was saved, the document is clean. */
  undo(): void {
    const last = this.#past.pop();
    if (!last) return;
    this.#future.push({ text: this.document.text, number: this.#number });
    this.#edit(last.text, last.number, CHANGE_REASON.Undo);
  }

  /** Takes the last undo back. */
  redo(): void {
    const next = this.#future.pop();
    if (!next) return;
    this.#past.push({ text: this.document.text, number: this.#number });
    this.#edit(next.text, next.number, CHANGE_REASON.Redo);
  }

  /** One at a time. False where there is unsaved text afterwards. */
  async save(options: SaveOptions = {}): Promise<boolean> {
    if (this.isOpen) await this.#save(options);
    return this.isOpen && !this.isDirty;
  }

  /** *Revert File*: throws where the read fails, and the document is as dirty as before. */
  async revert(): Promise<void> {
    if (!this.isOpen) return;
    const [wasDirty, savedNumber] = [this.isDirty, this.#savedNumber];
    this.isDirty = false;
    this.#savedNumber = this.#number;
    try {
      await this.resolve(true);
    } catch (error) {
      if (!isNotFound(error)) {
        [this.isDirty, this.#savedNumber] = [wasDirty, savedNumber];
        throw error;
      }
    }
    if (wasDirty) this.#events.dirtyChanged(this);
  }

  setDirty(dirty: boolean): void {
    const wasDirty = this.isDirty;
    this.isDirty = dirty;
    if (!dirty) this.#savedNumber = this.#number;
    if (dirty !== wasDirty) this.#events.dirtyChanged(this);
  }

  async #save(options: SaveOptions): Promise<void> {
    const version = this.document.version;
    // Whoever hears the will-save event cannot save.
    if (this.#isAnnounced) return;
    if (this.#saves.isRunning(version)) return this.#saves.running;
    if (!options.force && !this.isDirty) return;
    if (this.isSaving) {
      // One that has not come to its write yet is given up for this one.
      this.#saves.cancel();
      return this.#saves.queue(() => this.#save(options));
    }
    let cancelled: boolean = false;
    const whole = async () => {
      if (!options.withoutFormatting) {
        this.#isAnnounced = true;
        await this.#events.willSave(this, options.reason ?? SAVE_REASON.Manual);
        this.#isAnnounced = false;
        this.#runOnce('afterWillSave');
      }
      if (cancelled || this.isGone) return;
      const text = this.document.version;
      await this.#saves.run(text, this.#write(text, options.overwrite === true));
    };
    await this.#saves.run(version, whole(), () => {
      cancelled = true;
    });
  }

  async #write(version: number, overwrite: boolean): Promise<void> {
    const { uri, text } = this.document;
    const content = Buffer.from(this.#hasMark ? BOM + text : text);
    const known = this.#known ?? { mtime: 0, size: 0, tag: NO_TAG };
    try {
      const now = await this.#ask(() => this.#provider.stat(uri)).catch(() => undefined);
      if (now && isNewer(now, overwrite ? { ...known, tag: NO_TAG } : known) && !(await this.#holds(content, now)))
        throw new Error('FILE_MODIFIED_SINCE');
      await this.#ask(() => this.#provider.writeFile(uri, content, { create: true, overwrite: true }));
      this.#learn(await this.#ask(() => this.#provider.stat(uri)));
    } catch (error) {
      this.error = error;
      this.setDirty(true);
      return;
    }
    this.error = undefined;
    if (this.document.version === version) this.setDirty(false);
    this.#events.saved(this);
  }

  async #holds(content: Uint8Array, { size }: FileStat): Promise<boolean> {
    if (content.byteLength !== size) return false;
    const read = await this.#readAndStat().catch(() => undefined);
    return read !== undefined && Buffer.compare(content, read[0]) === 0;
  }

  /** Without a stat that is known, both are under way at once: either may be newer than the other. */
  #readAndStat(stat?: FileStat): Promise<[Uint8Array, FileStat]> {
    const { uri } = this.document;
    const reading = this.#ask(() => this.#provider.readFile(uri));
    return Promise.all([reading, stat ?? this.#ask(() => this.#provider.stat(uri))]);
  }

  #show(content: string, stat: FileStat, dirty: boolean): void {
    this.#learn(stat);
    this.#hasMark = content.startsWith(BOM);
    const text = this.#hasMark ? content.slice(BOM.length) : content;
    if (!this.isOpen) {
      this.isOpen = true;
      this.document.text = text;
      this.#events.opened(this);
    } else if (text !== this.document.text) {
      this.#past.push({ text: this.document.text, number: this.#number });
      this.#future.length = 0;
      this.#number = ++this.#numbers;
      this.#setText(text);
    }
    this.setDirty(dirty);
  }

  #edit(text: string, number: number, reason?: ChangeReason): void {
    this.#number = number;
    this.#setText(text, reason);
    this.setDirty(number !== this.#savedNumber);
  }

  #setText(text: string, reason?: ChangeReason): void {
    this.document.text = text;
    this.document.version++;
    // Of what it was before: that it is dirty now is told next.
    this.document.isDirty = this.isDirty;
    this.#events.changed(this, true, reason);
  }

  #learn(stat: FileStat): void {
    if (!this.#known || this.#known.mtime <= stat.mtime) this.#known = { ...stat, tag: tagOf(stat) };
  }

  #runOnce(moment: 'beforeShown' | 'afterWillSave'): void {
    const run = this[moment];
    this[moment] = undefined;
    run?.();
  }

  async #ask<T>(call: () => Eventual<T>): Promise<T> {
    await hop();
    const answer = await call();
    await hop();
    return answer;
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'FileNotFound';
}
