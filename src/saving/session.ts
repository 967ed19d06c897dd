// One document of a user: what its text has taken in, what its file holds, and saves one after the other. No VS Code.

import type { TextEdit } from '../json/edit';
import type { UserProfile } from '../management/resources/users';
import { type DocumentProblem, metadataOf, parseDocument, type Sections } from '../metadata/document';
import type { Conflict } from '../metadata/merge';
import { planPatch } from '../metadata/plan';
import { openBase, rebaseEdits, savedBase } from '../metadata/rebase';
import { AnnouncedTexts } from './announcedTexts';
import { BaseMoves, movedBase } from './baseMoves';
import type { ConfirmPolicy } from './confirmPolicy';
import { fingerprint, metadataEqual, type SaveOutcome, type SaveQuestions, saveUser, type UserResource } from './save';
import { SerialQueue } from './serialQueue';
import { UserFile } from './sessionFile';
import { UnprovenSave } from './unprovenSave';

export type SessionOutcome = SaveOutcome | { readonly kind: 'invalid'; readonly problems: readonly DocumentProblem[] };

/**
 * One document of a user. The rule that everything here keeps:
 *
 * > The base is the server state that the document's text has taken in: the one whose text it last showed without unsaved
 * > changes, the one that its own save has made, or one that was merged into it as edits that the user can see.
 *
 * What was merely read never becomes the base. VS Code decides what a document shows and when, so that a read says
 * nothing: the answer may come late, or never, because the user has typed meanwhile or VS Code has not asked.
 *
 *     read ──▶ given ──shown clean──▶ CLEAN ──typed──▶ DIRTY ──save──▶ SAVING ──▶ CLEAN or, typed on meanwhile, DIRTY
 *                                     base := given    base stays                 base := what was saved
 *     offer: a newer server state ──▶ the next read gives it ──shown clean──▶ base := it
 *     rebase: edits bring a newer state into the text ──▶ base := it
 *     save without an answer, found to be made ──▶ base := with what it made, unless its text was given up meanwhile
 *     undo of a reload or of such edits ──▶ base := without what they had brought in; redo ──▶ with it again
 *     restored by VS Code with unsaved text ──▶ DIRTY without a base: saving asks about everything
 *
 * Tabs closed and opened, models that outlive their tabs, language modes and encodings are no events here: they matter
 * only by what the document shows.
 */
export class UserSession {
  readonly #user: UserResource;
  readonly #queue: SerialQueue;
  #base: Sections | undefined;
  readonly #file = new UserFile();
  readonly #moves = new BaseMoves();
  /** The newest state of the server that is known. */
  #server: Sections | undefined;
  /** A server state other than what the document shows: to be shown once nothing of it is unsaved. */
  #next: Sections | undefined;
  #approved: string | undefined;
  readonly #announced = new AnnouncedTexts();
  /** The last save, where nobody knows whether it was made. */
  #unproven: UnprovenSave | undefined;

  /** @param queue of the user: another document of the same user shares it */
  constructor(user: UserResource, queue = new SerialQueue()) {
    this.#user = user;
    this.#queue = queue;
  }

  /** See the rule; undefined for an editor restored with unsaved text. */
  get base(): Sections | undefined {
    return this.#base;
  }

  /** The file's text as it was last received or saved; undefined until then. */
  get text(): string | undefined {
    return this.#file.text;
  }

  /** Grows with each change of the file's text. */
  get mtime(): number {
    return this.#file.mtime;
  }

  /** See UserFile.read. What is known to be newer is given at once: to *Revert File*, above all. */
  read(before?: string): string | undefined {
    this.settle();
    return this.#file.read(before);
  }

  /** A server state that was just received: the next read gives it. */
  offer(profile: UserProfile): void {
    const metadata = metadataOf(profile.value);
    this.#prove(metadata);
    this.#setFile(metadata);
  }

  /** Receives the user: one request. */
  async load(signal?: AbortSignal): Promise<void> {
    this.offer(await this.#user.get(signal));
  }

  /**
   * Hears the text of the document whenever it has no unsaved changes.
   *
   * @returns the server's state that it shows, where it has shown another one before
   */
  show(text: string): Sections | undefined {
    const shown = this.#file.show(text);
    if (!shown) return undefined;
    // What was looked at was given up: should it come back by undoing, it is asked about again.
    this.#approved = undefined;
    this.#unproven?.giveUp();
    const { metadata, before } = shown;
    // Also where the base stays, as by a revert: undoing takes its steps one by one.
    if (before !== undefined) this.#moves.add({ before, after: text, from: this.#base, to: metadata });
    if (this.#base === metadata) return undefined;
    this.#setBase(metadata);
    return metadata;
  }

  /** Hears of a change of the text. Asked for only where it matters, see UserFile.changed and BaseMoves: it can be large. */
  follow(text: () => string, how: 'typed' | 'undo' | 'redo'): void {
    if (this.#file.mayBeReloaded) this.#file.changed(how === 'typed' ? text() : undefined);
    if (this.#moves.isEmpty) return;
    const base = this.#moves.follow(text(), how, this.#base);
    if (base !== this.#base) this.#setBase(base);
  }

  /** Whether `text` is what the document last showed without unsaved changes. */
  isShown(text: string): boolean {
    return this.#file.isShown(text);
  }

  /** How many saves of the user have begun. */
  get saves(): number {
    return this.#queue.saves;
  }

  /** Whether `text` is the document's as it was received, shown or saved last. */
  isOwn(text: string): boolean {
    return text === this.#file.text || this.isShown(text);
  }

  /**
   * Saves `text`. Saves of one user never overlap: a second one plans against the outcome of the first.
   *
   * @throws ManagementError where the server certainly was not changed
   */
  save(text: string, policy: ConfirmPolicy, questions: SaveQuestions, signal?: AbortSignal): Promise<SessionOutcome> {
    return this.#queue.save(() => this.#save(text, this.#announced.take(text, this.#base), policy, questions, signal));
  }

  /** A save is announced: the document shows `text`, and it or one that follows will be written. */
  announce(text: string): void {
    this.#announced.clear();
    this.#announced.note(text, this.#base);
  }

  /** The document shows another text; see `announce`. Asked for only where a save is under way: it can be large. */
  goOn(text: () => string): void {
    if (!this.#announced.isEmpty) this.#announced.note(text(), this.#base);
  }

  /**
   * Whether the server holds something else than the clean document shows. If so, the next read gives it. Not to be called
   * during a save: a file whose text changes then would not be read again by VS Code.
   */
  settle(): boolean {
    if (!this.#next) return false;
    this.#setFile(this.#next);
    return true;
  }

  /**
   * Takes a newer server state as the base of what is being edited: what moved on the server is put into the edited text,
   * and from here on the differences to `remote` are what a save sends. Where both sides moved, the text keeps its own.
   *
   * @param edit shows the edits in the editor and gives the text it has afterwards; undefined if that failed
   * @param conflicts `decided`: the user was asked about them and is shown `remote` beside the text, so that saving it
   *   unchanged asks no second time; `open`: saving will ask about them
   * @param saves how many saves had begun when `remote` was read
   * @returns whether it was done; if not, nothing has changed. `stale`: a save has begun since the read
   */
  rebase(
    text: () => string,
    remote: Sections,
    edit: (edits: readonly TextEdit[]) => Promise<string | undefined>,
    conflicts: 'decided' | 'open',
    saves: number,
  ): Promise<boolean | 'stale'> {
    return this.#queue.run(async () => {
      if (this.saves !== saves) return 'stale';
      const before = text();
      const edited = parseDocument(before).metadata;
      if (!edited) return false;
      // Text of an earlier window: nobody knows what it grew from, so nothing is merged into it, and saving goes on asking.
      if (!this.#base && conflicts === 'open') return true;
      this.#prove(remote);
      const from = this.#base;
      const base = from ?? remote;
      const after = await edit(rebaseEdits(before, base, edited, remote));
      const shown = after === undefined ? undefined : parseDocument(after).metadata;
      if (after === undefined || !shown) return false;
      this.#setFile(remote);
      const to = conflicts === 'open' ? openBase(base, edited, remote) : remote;
      this.#moves.add({ before, after, from, to });
      this.#setBase(to);
      if (conflicts === 'decided') {
        this.#approved = fingerprint(planPatch(remote, shown, remote), remote);
      }
      return true;
    });
  }

  /** Counts what saving `text` would do to `remote` as seen: it asks no second time. */
  approve(text: string, remote: Sections): void {
    const { metadata } = parseDocument(text);
    if (metadata) this.#approved = fingerprint(planPatch(this.#base ?? remote, metadata, remote), remote);
  }

  /**
   * Hears of a newer server state. `settle` tells, once the document is clean, whether there is anything to show.
   *
   * @returns whether it shows that the last save, which got no answer, was made
   */
  learn(remote: Sections): boolean {
    const wasMade = this.#prove(remote);
    const isHeld = (metadata: Sections | undefined) => metadata !== undefined && metadataEqual(metadata, remote);
    this.#server = remote;
    this.#next = isHeld(this.#base) && isHeld(this.#file.metadata) ? undefined : remote;
    return wasMade;
  }

  /** Whether the last save may have been made or not. */
  get isUnproven(): boolean {
    return this.#unproven !== undefined;
  }

  /** The server holds `remote`: what became of a save that got no answer is known now. */
  #prove(remote: Sections): boolean {
    const last = this.#unproven;
    this.#unproven = undefined;
    if (!last?.wasMade(remote)) return false;
    this.#setBase(last.addedTo(this.#base));
    return true;
  }

  #setBase(base: Sections | undefined): void {
    this.#base = base;
    this.#approved = undefined;
  }

  #setFile(metadata: Sections): void {
    this.#file.set(metadata);
    this.#server = metadata;
    this.#next = undefined;
  }

  async #save(
    text: string,
    announced: Sections | undefined,
    policy: ConfirmPolicy,
    questions: SaveQuestions,
    signal: AbortSignal | undefined,
  ): Promise<SessionOutcome> {
    const { metadata: edited, problems } = parseDocument(text);
    if (!edited) return { kind: 'invalid', problems };
    let base = announced;
    const unproven = this.#unproven;
    const prove = (remote: Sections) => {
      const isOwn = this.#base === base;
      if (this.#prove(remote)) base = isOwn ? this.#base : unproven?.addedTo(base);
      return base;
    };
    const request = { base, edited, policy, approved: this.#approved, prove: unproven && prove };
    const outcome = await saveUser(request, this.#user, questions, signal);
    switch (outcome.kind) {
      case 'unchanged':
        this.#saved(text, edited, base, this.#server ?? edited, []);
        break;
      case 'upToDate':
      case 'saved':
        this.#saved(text, edited, base, outcome.now, outcome.plan.conflicts);
        break;
      case 'showChanges':
        this.#approved = fingerprint(outcome.plan, outcome.remote);
        break;
      case 'lost':
        // Shown as soon as the user gives their text up.
        this.learn(outcome.found);
        break;
      case 'unknown':
        this.#unproven = new UnprovenSave(outcome.sent, base);
        break;
    }
    return outcome;
  }

  /** The document goes on from `text` as saved; what else the server holds is shown next. */
  #saved(
    text: string,
    edited: Sections,
    base: Sections | undefined,
    server: Sections,
    conflicts: readonly Conflict[],
  ): void {
    const metadata = savedBase(edited, base, server, conflicts);
    this.#server = server;
    if (this.#base === base) {
      this.#file.saved(text, metadata);
      this.#setBase(metadata);
    } else {
      // Another text has come in place of the saved one meanwhile, which had taken in more: to that, the save is added.
      this.#setBase(movedBase(this.#base, base, metadata));
    }
    this.learn(server);
  }
}
