// One user that is open in an editor: what was loaded, what the file shows, and saves one after the other. No VS Code.

import type { TextEdit } from '../json/edit';
import type { UserProfile } from '../management/users';
import type { ConfirmPolicy } from '../metadata/confirmPolicy';
import type { DocumentProblem } from '../metadata/document';
import {
  formatDocument,
  metadataOf,
  type ParsedDocument,
  parseDocument,
  type UserMetadata,
} from '../metadata/document';
import { planPatch } from '../metadata/plan';
import { openBase, rebaseEdits } from '../metadata/rebase';
import {
  fingerprint,
  metadataEqual,
  type SaveOutcome,
  type SaveQuestions,
  saveUser,
  type UserResource,
} from './saveUser';
import { SerialQueue } from './serialQueue';

export type SessionOutcome = SaveOutcome | { readonly kind: 'invalid'; readonly problems: readonly DocumentProblem[] };

/** The file as a read gives it, and what it means. */
interface FileState {
  readonly text: string;
  readonly metadata: UserMetadata;
}

export class UserSession {
  readonly #user: UserResource;
  readonly #queue = new SerialQueue();
  /**
   * What the editor's text grew from. Only what the editor has shown may become it: planned against a state that was
   * never shown, text that is older than that state would take other people's changes back.
   */
  #base: UserMetadata | undefined;
  #file: FileState | undefined;
  /** The newest state of the server that is known. */
  #server: UserMetadata | undefined;
  /** A state of the server that is to be shown once the save has ended. */
  #next: UserMetadata | undefined;
  #version = 1;
  #approved: string | undefined;

  constructor(user: UserResource) {
    this.#user = user;
  }

  /** What the editor shows, but for unsaved changes; undefined for an editor restored with unsaved text. */
  get base(): UserMetadata | undefined {
    return this.#base;
  }

  /** The file's text as it was last loaded or saved; undefined until then. */
  get text(): string | undefined {
    return this.#file?.text;
  }

  /** Grows whenever the file's text changes other than by the editor's own save. */
  get version(): number {
    return this.#version;
  }

  /** Takes `profile`, just received, as what the editor shows. */
  adopt(profile: UserProfile): void {
    const remote = metadataOf(profile.value);
    this.#setFile(remote);
    this.#rebase(remote);
  }

  /**
   * Reads the user: one request.
   *
   * @param isShown false where the editor keeps its own text beside what is read: that text did not grow from it
   */
  async load(isShown: boolean, signal?: AbortSignal): Promise<void> {
    const profile = await this.#user.get(signal);
    if (isShown) this.adopt(profile);
    else this.#setFile(metadataOf(profile.value));
  }

  /** Hears what the editor shows without unsaved changes. */
  showing(text: string): void {
    if (this.#file && text === this.#file.text && this.#base !== this.#file.metadata) this.#rebase(this.#file.metadata);
  }

  /**
   * Saves `text`. Saves of one user never overlap: a second one plans against the outcome of the first.
   *
   * @throws ManagementError where the server certainly was not changed
   */
  save(text: string, policy: ConfirmPolicy, questions: SaveQuestions, signal?: AbortSignal): Promise<SessionOutcome> {
    return this.#queue.run(() => this.#save(text, parseDocument(text), policy, questions, signal));
  }

  /**
   * After a save has ended: whether the server's text must be shown in place of what was typed. If so, `text` and
   * `version` have moved. A file whose text changes during its own save would not be read again by VS Code.
   */
  settle(): boolean {
    if (!this.#next) return false;
    this.#setFile(this.#next);
    this.#next = undefined;
    this.#version++;
    return true;
  }

  /**
   * Takes a newer server state as the base of what is being edited: what moved on the server is put into the edited text,
   * and from here on the differences to `remote` are what a save sends. Where both sides moved, the text keeps its own.
   *
   * @param edit shows the edits in the editor and gives the text it has afterwards; undefined if that failed
   * @param conflicts `decided`: the user was asked about them and is shown `remote` beside the text, so that saving it
   *   unchanged asks no second time; `open`: saving will ask about them
   * @returns whether it was done; if not, nothing has changed
   */
  rebase(
    text: () => string,
    remote: UserMetadata,
    edit: (edits: readonly TextEdit[]) => Promise<string | undefined>,
    conflicts: 'decided' | 'open',
  ): Promise<boolean> {
    return this.#queue.run(async () => {
      const before = text();
      const edited = parseDocument(before).metadata;
      if (!edited) return false;
      // Text of an earlier window: nobody knows what it grew from, so nothing is merged into it, and saving goes on asking.
      if (!this.#base && conflicts === 'open') return true;
      const base = this.#base ?? remote;
      const after = await edit(rebaseEdits(before, base, edited, remote));
      const shown = after === undefined ? undefined : parseDocument(after).metadata;
      if (!shown) return false;
      this.#setFile(remote);
      if (conflicts === 'open') this.#rebase(openBase(base, edited, remote));
      else {
        this.#rebase(remote);
        this.#approved = fingerprint(planPatch(remote, shown, remote), remote);
      }
      return true;
    });
  }

  /** Counts what saving `text` would do to `remote` as seen: it asks no second time. */
  approve(text: string, remote: UserMetadata): void {
    const { metadata } = parseDocument(text);
    if (metadata) this.#approved = fingerprint(planPatch(this.#base ?? remote, metadata, remote), remote);
  }

  /** Shows a newer server state in a clean editor; whether anything but attributes outside the metadata changed. */
  replace(profile: UserProfile): boolean {
    const remote = metadataOf(profile.value);
    if (this.#base && metadataEqual(this.#base, remote)) return false;
    this.#setFile(remote);
    this.#version++;
    return true;
  }

  #rebase(base: UserMetadata): void {
    this.#base = base;
    this.#approved = undefined;
  }

  #setFile(metadata: UserMetadata): void {
    this.#file = { text: formatDocument(metadata), metadata };
    this.#server = metadata;
  }

  async #save(
    text: string,
    { metadata: edited, problems }: ParsedDocument,
    policy: ConfirmPolicy,
    questions: SaveQuestions,
    signal: AbortSignal | undefined,
  ): Promise<SessionOutcome> {
    if (!edited) return { kind: 'invalid', problems };
    const request = { base: this.#base, edited, policy, approved: this.#approved };
    const outcome = await saveUser(request, this.#user, questions, signal);
    switch (outcome.kind) {
      case 'unchanged':
        this.#saved(text, edited, this.#server);
        break;
      case 'upToDate':
      case 'saved':
        this.#saved(text, edited, outcome.now);
        break;
      case 'showChanges':
        this.#approved = fingerprint(outcome.plan, outcome.remote);
        break;
    }
    return outcome;
  }

  /** The editor shows `text` as saved, and goes on from it; what else the server holds is shown next. */
  #saved(text: string, edited: UserMetadata, server: UserMetadata = edited): void {
    const isShown = metadataEqual(server, edited);
    this.#server = server;
    this.#next = isShown ? undefined : server;
    this.#file = { text, metadata: isShown ? server : edited };
    this.#rebase(this.#file.metadata);
  }
}
