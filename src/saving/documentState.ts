// The state of one document: the merge base of its text, and the content of its file. No requests, no VS Code.

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
 * The life of one document, from its first read to its last save. The rule for everything here:
 *
 * > The merge base is the last server state that the document showed without unsaved changes, that its own save made,
 * > or that was merged into it as edits that the user can see.
 *
 * A read alone never changes the base. VS Code decides when a document shows what was read: it may be late, or never,
 * if the user has typed meanwhile.
 *
 *     LOADED   `offer`, `load`: the file holds a server state, and is fresh until it is read      base: none yet
 *       │ `read`, and VS Code shows it: `show`
 *     SHOWN    the document is clean                                                              base: what it shows
 *       │ the user types: `follow`
 *     TYPED    the document holds unsaved text                                                    base: stays
 *       │ Ctrl+S: `announce`, `goOn`, then `save`
 *     SAVING   read, plan, ask, send, check (save.ts); one save of a user at a time
 *       │ the server has answered
 *     SAVED    SHOWN again, or TYPED if the user typed on                                         base: what was saved
 *       │ the server's state differs from the clean document: `learn`
 *     SETTLING `settle`: the next read returns it, and VS Code shows it                           base: what it shows
 *
 * The other ways into these states:
 *
 *     TYPED  `rebase`: edits bring a newer server state into the text                  base: that state
 *     TYPED  undo of a reload or of such edits, redo                                   base: without, with it again
 *     TYPED  restored by VS Code with unsaved text: saving asks about everything       base: none
 *     TYPED  a save got no answer, and a later read shows that it was made             base: with what it made
 *
 * Closing and opening tabs, models that outlive their tabs, language modes and encodings are not events here. Only the
 * text that the document shows matters.
 */
export class DocumentState {
  protected readonly mergeBase = new MergeBase();
  readonly #file = new DocumentFile();
  /** The newest known state of the server. */
  #server: Sections | undefined;
  /** A server state that differs from the document. It is shown once the document has no unsaved changes. */
  #next: Sections | undefined;
  #isFresh: boolean = false;
  #saidClean: string | undefined;

  /** See the rule above; undefined for an editor restored with unsaved text. */
  get base(): Sections | undefined {
    return this.mergeBase.value;
  }

  /** The file's text as last received or saved; undefined before that. */
  get text(): string | undefined {
    return this.#file.text;
  }

  /** Increases with each change of the file's text. */
  get mtime(): number {
    return this.#file.mtime;
  }

  /** Whether the received state has not been read yet, so that the next read needs no request. */
  get isFresh(): boolean {
    return this.#isFresh;
  }

  /** Whether the outcome of the last save is unknown. */
  get isUnproven(): boolean {
    return this.mergeBase.unproven !== undefined;
  }

  /** See DocumentFile.read. Returns the newest known server state at once, which *Revert File* needs. */
  read(before?: string): string | undefined {
    this.#isFresh = false;
    this.settle();
    return this.#file.read(before);
  }

  /** Call with a server state that was just received. The next read returns it. */
  offer(profile: UserProfile): void {
    const metadata = metadataOf(profile.value);
    this.mergeBase.prove(metadata);
    this.setFile(metadata);
    this.#isFresh = true;
  }

  /** Sets `isFresh`, even if a document shows the state: VS Code may be about to drop the document and read again. */
  keepFresh(isFresh: boolean): void {
    this.#isFresh = isFresh;
  }

  /**
   * Call with the text of the document whenever it has no unsaved changes.
   *
   * @returns the server state that it shows, if it showed another one before
   */
  show(text: string): Sections | undefined {
    const shown = this.#file.show(text);
    if (!shown) return undefined;
    // The approved text was discarded. If undo brings it back, the save asks again.
    this.mergeBase.approve(undefined);
    this.mergeBase.unproven?.giveUp();
    const { metadata, before } = shown;
    // Noted even if the base does not change, as in a revert, because undo goes back step by step.
    if (before !== undefined) this.mergeBase.note({ before, after: text, from: this.base, to: metadata });
    if (this.base === metadata) return undefined;
    this.mergeBase.set(metadata);
    return metadata;
  }

  /** Call with each change of the text. `text` is a function, because a text can be large and is rarely needed. */
  follow(text: () => string, how: 'typed' | 'undo' | 'redo'): void {
    this.#saidClean = undefined;
    if (this.#file.mayBeReloaded) this.#file.changed(how === 'typed' ? text() : undefined);
    this.mergeBase.follow(text, how);
  }

  /**
   * Call when VS Code considers `text` saved although it is not. This happens after undo past a save during which the
   * user typed: VS Code only remembers that the text before that save was clean.
   */
  sayClean(text: string | undefined): void {
    this.#saidClean = text;
  }

  /**
   * Whether `text`, which the document shows, is not saved. `isDirty` alone is not enough: it is false if the user
   * typed during the last save, and if the document is shown in another encoding.
   */
  isUnsaved(text: string, isDirty: boolean): boolean {
    return text !== this.#saidClean && (isDirty || !this.isShown(text));
  }

  /** Whether `text` is what the document last showed without unsaved changes. */
  isShown(text: string): boolean {
    return this.#file.isShown(text);
  }

  /** Whether `text` is the one last received, shown or saved. */
  isOwn(text: string): boolean {
    return text === this.#file.text || this.isShown(text);
  }

  /** Call when a save is announced: `text`, which the document shows, or a later text will be written. */
  announce(text: string): void {
    this.mergeBase.announce(text);
  }

  /** Call when the text changes, see `announce`. `text` is a function, as in `follow`. */
  goOn(text: () => string): void {
    this.mergeBase.goOn(text);
  }

  /**
   * Whether the server's state differs from the clean document. If so, the next read returns it. Do not call this
   * during a save: VS Code would not read the file again if its text changed then.
   */
  settle(): boolean {
    if (!this.#next) return false;
    this.setFile(this.#next);
    return true;
  }

  /** Approves the plan of saving `text` over `remote`, so that the save does not ask again. */
  approve(text: string, remote: Sections): void {
    const { metadata } = parseDocument(text);
    if (metadata) this.mergeBase.approve(fingerprint(planPatch(this.base ?? remote, metadata, remote), remote));
  }

  /**
   * Call with a newer server state. Once the document is clean, `settle` says whether there is something new to show.
   *
   * @returns whether the state proves that the last save, which got no answer, was applied
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
   * Call when `text` was saved. If the server's state differs, it is shown next.
   *
   * @param base the merge base of the save
   * @param server undefined if the save made no request
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
      // A reload or a merge has replaced the saved text meanwhile. The save is added to the newer base.
      this.mergeBase.set(movedBase(this.base, base, metadata));
    }
    this.learn(server);
  }
}
