// The states of one document: what its text has taken in, and what its file holds. No requests, no VS Code.

import type { UserProfile } from '../management/resources/users';
import { metadataOf, parseDocument, type Sections } from '../metadata/document';
import type { Conflict } from '../metadata/merge';
import { planPatch } from '../metadata/plan';
import { savedBase } from '../metadata/rebase';
import { movedBase } from './baseMoves';
import { DocumentFile } from './documentFile';
import { MergeBase } from './mergeBase';
import { fingerprint, metadataEqual } from './save';

/**
 * The life of one document, from its first read to its last save. The rule that everything here keeps:
 *
 * > The merge base is the last server state that the document showed without unsaved changes, that its own save has made,
 * > or that was merged into it as edits that the user can see.
 *
 * What was merely read never becomes the base. VS Code decides what a document shows and when, so a read says nothing: its
 * answer may come late, or never, because the user has typed meanwhile or VS Code has not asked.
 *
 *     LOADED   `offer`, `load`: the file holds a server state, and is fresh until it is read      base: none yet
 *       │ `read`, and VS Code shows it: `show`
 *     SHOWN    the document is clean                                                              base: what it shows
 *       │ the user types: `follow`
 *     TYPED    the document holds unsaved text                                                    base: stays
 *       │ Ctrl+S: `announce`, `goOn`, then `save`
 *     SAVING   read, plan, ask, send, check (save.ts); one save of a user at a time
 *       │ the server has answered
 *     SAVED    SHOWN again, or TYPED where the user typed on                                      base: what was saved
 *       │ the server holds something else than the clean document shows: `learn`
 *     SETTLING `settle`: the next read gives it, and VS Code shows it                             base: what it shows
 *
 * The other ways into these states:
 *
 *     TYPED  `rebase`: edits bring a newer server state into the text                  base: that state
 *     TYPED  undo of a reload or of such edits, redo                                   base: without, with it again
 *     TYPED  restored by VS Code with unsaved text: saving asks about everything       base: none
 *     TYPED  a save got no answer, and a later look shows that it was made             base: with what it made
 *
 * Tabs closed and opened, models that outlive their tabs, language modes and encodings are no events here: they matter
 * only by what the document shows.
 */
export class DocumentState {
  protected readonly mergeBase = new MergeBase();
  readonly #file = new DocumentFile();
  /** The newest state of the server that is known. */
  #server: Sections | undefined;
  /** A server state other than what the document shows: to be shown once nothing of it is unsaved. */
  #next: Sections | undefined;
  #isFresh: boolean = false;
  #saidClean: string | undefined;

  /** See the rule; undefined for an editor restored with unsaved text. */
  get base(): Sections | undefined {
    return this.mergeBase.value;
  }

  /** The file's text as it was last received or saved; undefined until then. */
  get text(): string | undefined {
    return this.#file.text;
  }

  /** Grows with each change of the file's text. */
  get mtime(): number {
    return this.#file.mtime;
  }

  /** What was received has not been read yet: the next read needs no request. */
  get isFresh(): boolean {
    return this.#isFresh;
  }

  /** Whether the last save may have been made or not. */
  get isUnproven(): boolean {
    return this.mergeBase.unproven !== undefined;
  }

  /** See DocumentFile.read. What is known to be newer is given at once: to *Revert File*, above all. */
  read(before?: string): string | undefined {
    this.#isFresh = false;
    this.settle();
    return this.#file.read(before);
  }

  /** A server state that was just received: the next read gives it. */
  offer(profile: UserProfile): void {
    const metadata = metadataOf(profile.value);
    this.mergeBase.prove(metadata);
    this.setFile(metadata);
    this.#isFresh = true;
  }

  /** Just received, whether a document shows it or not: VS Code may be about to let the document go and to read anew. */
  keepFresh(isFresh: boolean): void {
    this.#isFresh = isFresh;
  }

  /**
   * Call with the text of the clean document, whenever it has no unsaved changes.
   *
   * @returns the server's state that it shows, where it has shown another one before
   */
  show(text: string): Sections | undefined {
    const shown = this.#file.show(text);
    if (!shown) return undefined;
    // What was looked at was given up: should it come back by undoing, it is asked about again.
    this.mergeBase.approve(undefined);
    this.mergeBase.unproven?.giveUp();
    const { metadata, before } = shown;
    // Also where the base stays, as by a revert: undoing takes its steps one by one.
    if (before !== undefined) this.mergeBase.note({ before, after: text, from: this.base, to: metadata });
    if (this.base === metadata) return undefined;
    this.mergeBase.set(metadata);
    return metadata;
  }

  /** Call with each change of the text. It is asked for only where it matters, for it can be large. */
  follow(text: () => string, how: 'typed' | 'undo' | 'redo'): void {
    this.#saidClean = undefined;
    if (this.#file.mayBeReloaded) this.#file.changed(how === 'typed' ? text() : undefined);
    this.mergeBase.follow(text, how);
  }

  /**
   * VS Code takes `text` for the saved one. It is wrong about that after undoing past a save during which something was
   * typed: of such a save it only remembers that the text before it was clean.
   */
  sayClean(text: string | undefined): void {
    this.#saidClean = text;
  }

  /**
   * Whether `text`, which the document shows, is not saved. `isDirty` alone does not tell: it is false for a document that
   * was typed on during its last save, and for one that is shown in another encoding.
   */
  isUnsaved(text: string, isDirty: boolean): boolean {
    return text !== this.#saidClean && (isDirty || !this.isShown(text));
  }

  /** Whether `text` is what the document last showed without unsaved changes. */
  isShown(text: string): boolean {
    return this.#file.isShown(text);
  }

  /** Whether `text` is the document's as it was received, shown or saved last. */
  isOwn(text: string): boolean {
    return text === this.#file.text || this.isShown(text);
  }

  /** A save is announced: the document shows `text`, and it or one that follows will be written. */
  announce(text: string): void {
    this.mergeBase.announce(text);
  }

  /** The document shows another text; see `announce`. Asked for only where a save is under way: it can be large. */
  goOn(text: () => string): void {
    this.mergeBase.goOn(text);
  }

  /**
   * Whether the server holds something else than the clean document shows. If so, the next read gives it. Not to be called
   * during a save: a file whose text changes then would not be read again by VS Code.
   */
  settle(): boolean {
    if (!this.#next) return false;
    this.setFile(this.#next);
    return true;
  }

  /** Counts what saving `text` would do to `remote` as seen: it asks no second time. */
  approve(text: string, remote: Sections): void {
    const { metadata } = parseDocument(text);
    if (metadata) this.mergeBase.approve(fingerprint(planPatch(this.base ?? remote, metadata, remote), remote));
  }

  /**
   * Hears of a newer server state. `settle` tells, once the document is clean, whether there is anything to show.
   *
   * @returns whether it shows that the last save, which got no answer, was made
   */
  learn(remote: Sections): boolean {
    const wasMade = this.mergeBase.prove(remote);
    const isHeld = (metadata: Sections | undefined) => metadata !== undefined && metadataEqual(metadata, remote);
    this.#server = remote;
    this.#next = isHeld(this.base) && isHeld(this.#file.metadata) ? undefined : remote;
    return wasMade;
  }

  protected setFile(metadata: Sections): void {
    this.#file.set(metadata);
    this.#server = metadata;
    this.#next = undefined;
  }

  /**
   * The document goes on from `text` as saved; what else the server holds is shown next.
   *
   * @param base what the save was planned with
   * @param server undefined where the save had nothing to ask of the server
   */
  protected saved(
    text: string,
    edited: Sections,
    base: Sections | undefined,
    server: Sections = this.#server ?? edited,
    conflicts: readonly Conflict[] = [],
  ): void {
    const metadata = savedBase(edited, base, server, conflicts);
    this.#server = server;
    if (this.base === base) {
      this.#file.saved(text, metadata);
      this.mergeBase.set(metadata);
    } else {
      // Another text has come in place of the saved one meanwhile, which had taken in more: to that, the save is added.
      this.mergeBase.set(movedBase(this.base, base, metadata));
    }
    this.learn(server);
  }
}
