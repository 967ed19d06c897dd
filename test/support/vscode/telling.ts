// What extensions are told of documents, and how VS Code words it.
import { EventEmitter } from './events';
import { hop } from './fileProvider';
import type { SaveReason } from './saving';
import { Range, type Replacement } from './text';
import type { TextDocument } from './textDocument';
import type { FileEvents, TextFile } from './textFile';
import type { ChangeReason } from './undoStack';

export interface TextChange {
  readonly document: TextDocument;
  /** None where only the dirty state is told. */
  readonly contentChanges: readonly Replacement[];
  readonly reason: ChangeReason | undefined;
}

export interface WillSaveEvent {
  readonly document: TextDocument;
  readonly reason: SaveReason;
  /** What comes of it is an edit only if it is an array of them. */
  waitUntil(edits: PromiseLike<unknown>): void;
}

/** VS Code's own participants in a save take their time. */
const PARTICIPANTS = 3;

export class Telling implements FileEvents {
  readonly didOpen = new EventEmitter<TextDocument>();
  readonly didClose = new EventEmitter<TextDocument>();
  readonly didChange = new EventEmitter<TextChange>();
  readonly willSaveText = new EventEmitter<WillSaveEvent>();
  readonly didSave = new EventEmitter<TextDocument>();
  /** Extensions have not started: nobody hears anything. */
  isEarly: boolean = false;
  /** What a formatter makes of a text when it is saved. */
  format: (text: string) => string = text => text;
  /**
   * Whether it does so before the will-save event. Which one it is differs from one start of VS Code to the next: they take
   * part in the order in which they were ready. Where it is false, what is written is newer than the event.
   */
  formatsFirst: boolean = true;
  readonly #edit: (file: TextFile, replacements: readonly Replacement[]) => Promise<unknown>;

  constructor(edit: (file: TextFile, replacements: readonly Replacement[]) => Promise<unknown>) {
    this.#edit = edit;
  }

  opened({ document }: TextFile): void {
    if (!this.isEarly) this.didOpen.fire(document);
  }

  closed({ document }: TextFile): void {
    this.didClose.fire(document);
  }

  textChanged({ document }: TextFile, reason?: ChangeReason): void {
    const range = new Range({ line: 0, character: 0 }, document.positionAt(document.text.length));
    this.didChange.fire({ document, contentChanges: [{ range, text: document.text }], reason });
  }

  dirtyChanged(file: TextFile): void {
    this.#tellDirty(file, file.isDirty);
  }

  /** A document that was saved is told clean, whatever was typed meanwhile. */
  saved(file: TextFile): void {
    this.#tellDirty(file, false);
    this.didSave.fire(file.document);
  }

  /** Its language is another one: that is told as if it was closed and opened, and it is open all the while. */
  languageChanged(document: TextDocument, languageId: string): void {
    this.didClose.fire(document);
    document.languageId = languageId;
    this.didOpen.fire(document);
  }

  /** Edits that were made against an older version are dropped, as are those of a listener that fails. */
  async willSave(file: TextFile, reason: SaveReason): Promise<void> {
    for (let before = 0; before < PARTICIPANTS; before++) await hop();
    if (this.formatsFirst) this.#format(file);
    if (file.isGone) return;
    const { version } = file.document;
    const waits: PromiseLike<unknown>[] = [];
    this.willSaveText.fire({ document: file.document, reason, waitUntil: edits => waits.push(edits) });
    const results = await Promise.all(waits.map(async wait => wait)).catch(() => []);
    const edits = results.flatMap(result => (Array.isArray(result) ? result.filter(isReplacement) : []));
    if (edits.length && file.document.version === version) await this.#edit(file, edits);
    await hop();
    if (!this.formatsFirst) this.#format(file);
  }

  #format(file: TextFile): void {
    const formatted = this.format(file.document.text);
    if (formatted !== file.document.text) file.type(formatted);
  }

  /** Worded as a change without any changes, each time that it is told, changed or not. */
  #tellDirty({ document }: TextFile, dirty: boolean): void {
    document.isDirty = dirty;
    if (!this.isEarly) this.didChange.fire({ document, contentChanges: [], reason: undefined });
  }
}

function isReplacement(value: unknown): value is Replacement {
  return typeof value === 'object' && value !== null && 'range' in value && 'text' in value;
}
