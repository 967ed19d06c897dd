// A document of a file system provider as VS Code's working copy treats it: read, dirty, saved, reloaded, gone.
import { type FileProvider, type FileStat, KnownFile } from './fileProvider';
import { SAVE_REASON, type SaveOptions, type SaveReason } from './saving';
import { TextDocument } from './textDocument';
import { Turns } from './turns';
import { CHANGE_REASON, type ChangeReason, type Numbered, UndoStack } from './undoStack';
import type { UriLike } from './uri';

/** What a document comes back with from hot exit. */
export interface Backup {
  readonly text: string;
  readonly stat: FileStat | undefined;
}

export interface FileEvents {
  opened(file: TextFile): void;
  /** @param reason where VS Code says it */
  textChanged(file: TextFile, reason?: ChangeReason): void;
  dirtyChanged(file: TextFile): void;
  willSave(file: TextFile, reason: SaveReason): Promise<void>;
  saved(file: TextFile): void;
}

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
 *   one to be refused, unless the file holds what is being saved, which is looked at for texts that are neither empty nor
 *   in many pieces. It is refused again and again, until it is overwritten or reverted.
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
  /** Text in more than three pieces, as after a few edits, is not compared with a newer file: any newer file refuses it. */
  isFragmented: boolean = false;
  /** Why the last save failed. */
  error: unknown;
  isOpen: boolean = false;
  isGone: boolean = false;
  readonly #file: KnownFile;
  readonly #events: FileEvents;
  readonly #saves = new Turns();
  #hasFailed: boolean = false;
  #isAnnounced: boolean = false;
  #hasMark: boolean = false;
  #number = 1;
  #numbers = 1;
  #savedNumber: number | undefined;
  readonly steps = new UndoStack();

  constructor(uri: UriLike, languageId: string, provider: FileProvider, events: FileEvents) {
    this.document = new TextDocument(uri, languageId, () => this.save());
    this.#file = new KnownFile(provider, uri);
    this.#events = events;
  }

  get isSaving(): boolean {
    return this.#saves.isRunning();
  }

  /** What hot exit keeps of it. */
  get backup(): Backup {
    return { text: this.document.text, stat: this.#file.stat };
  }

  /** Reads the file if it is not open yet or has changed; with `force`, whatever its stat says. */
  async resolve(force: boolean = false): Promise<void> {
    if (this.isGone || this.isDirty || this.isSaving) return;
    const { version } = this.document;
    try {
      const read = await this.#file.read(force);
      if (!read) return;
      const [content, stat] = read;
      this.#runOnce('beforeShown');
      if (this.document.version === version && !this.isGone) this.#show(Buffer.from(content).toString(), stat, false);
    } catch (error) {
      if (!this.isOpen || force || !isNotFound(error)) throw error;
    }
  }

  /** Comes back from hot exit, with unsaved text, without a stat and without a read. */
  restore({ text, stat }: Backup): void {
    this.#show(text, stat, true);
  }

  /** Any edit by a person or an extension; typing back what was saved is an edit as well. */
  type(text: string): void {
    this.steps.push(this.#now);
    this.#edit(text, ++this.#numbers);
  }

  /** Takes the last edit back, a reload as well. Back at what was saved, the document is clean. */
  undo(): void {
    this.#step(CHANGE_REASON.Undo);
  }

  redo(): void {
    this.#step(CHANGE_REASON.Redo);
  }

  /** One at a time. False where there is unsaved text afterwards. */
  async save(options: SaveOptions = {}): Promise<boolean> {
    // What could not be saved is not tried again but by hand.
    const isTried = this.#hasFailed && (options.reason ?? SAVE_REASON.Manual) !== SAVE_REASON.Manual;
    if (this.isOpen && !isTried) await this.#save(options);
    return this.isOpen && !this.isDirty;
  }

  /** *Revert File*: throws where the read fails, and the document is as dirty as before. */
  async revert(): Promise<void> {
    if (!this.isOpen) return;
    const [wasDirty, savedNumber, hadFailed] = [this.isDirty, this.#savedNumber, this.#hasFailed];
    this.isDirty = false;
    this.#clean();
    try {
      await this.resolve(true);
    } catch (error) {
      if (!isNotFound(error)) {
        [this.isDirty, this.#savedNumber, this.#hasFailed] = [wasDirty, savedNumber, hadFailed];
        throw error;
      }
    }
    if (wasDirty) this.#events.dirtyChanged(this);
  }

  setDirty(dirty: boolean): void {
    const wasDirty = this.isDirty;
    this.isDirty = dirty;
    if (!dirty) this.#clean();
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
      this.#hasFailed = false;
      const text = this.document.version;
      await this.#saves.run(text, this.#write(text, options.overwrite === true));
    };
    await this.#saves.run(version, whole(), () => {
      cancelled = true;
    });
  }

  async #write(version: number, overwrite: boolean): Promise<void> {
    const content = Buffer.from(this.#hasMark ? BOM + this.document.text : this.document.text);
    try {
      await this.#file.write(content, overwrite, content.length > 0 && !this.isFragmented);
    } catch (error) {
      this.error = error;
      this.setDirty(true);
      this.#hasFailed = true;
      return;
    }
    this.error = undefined;
    if (this.document.version === version) this.setDirty(false);
    this.#events.saved(this);
  }

  #show(content: string, stat: FileStat | undefined, dirty: boolean): void {
    if (stat) this.#file.learn(stat);
    this.#hasMark = content.startsWith(BOM);
    const text = this.#hasMark ? content.slice(BOM.length) : content;
    if (!this.isOpen) {
      this.isOpen = true;
      this.document.text = text;
      this.#events.opened(this);
    } else if (text !== this.document.text) {
      this.steps.push(this.#now);
      this.#number = ++this.#numbers;
      this.#setText(text);
    }
    this.setDirty(dirty);
  }

  #clean(): void {
    this.#savedNumber = this.#number;
    this.#hasFailed = false;
  }

  get #now(): Numbered {
    return { text: this.document.text, number: this.#number };
  }

  #step(reason: ChangeReason): void {
    const to = this.steps.step(reason, this.#now);
    if (to) this.#edit(to.text, to.number, reason);
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
    this.#events.textChanged(this, reason);
  }

  #runOnce(moment: 'beforeShown' | 'afterWillSave'): void {
    const run = this[moment];
    this[moment] = undefined;
    run?.();
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'FileNotFound';
}
