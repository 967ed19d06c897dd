// One document with its requests: load, update and save, one after the other. Independent of VS Code.
import type { TextEdit } from '../json/edit';
import { type DocumentProblem, parseDocument, type Sections } from '../metadata/document';
import { planEdit } from '../metadata/plan';
import { openBase, rebaseEdits } from '../metadata/rebase';
import type { ConfirmPolicy } from './confirmPolicy';
import { DocumentState } from './documentState';
import { fingerprint, type SaveOutcome, type SaveQuestions, saveUser, type UserResource } from './save';
import { SerialQueue } from './serialQueue';

export type SessionOutcome = SaveOutcome | { readonly kind: 'invalid'; readonly problems: readonly DocumentProblem[] };

export class DocumentSession extends DocumentState {
  readonly #user: UserResource;
  /** What the last save would have said of the tenant, see SaveQuestions. */
  #seenAs: string | undefined;
  readonly #queue: SerialQueue;

  /** @param queue the queue of the user, shared by all documents of that user */
  constructor(user: UserResource, queue = new SerialQueue()) {
    super();
    this.#user = user;
    this.#queue = queue;
  }

  /** How many saves of the user have begun. */
  get saves(): number {
    return this.#queue.saves;
  }

  /** Loads the user with one request. */
  async load(signal?: AbortSignal): Promise<void> {
    this.offer(await this.#user.get(signal));
  }

  /**
   * Saves `text`. Saves of one user never overlap: a second one plans against the outcome of the first.
   *
   * @param correlationId is sent with each write of the save
   * @throws ManagementError if the server was certainly not changed
   */
  save(
    text: string,
    policy: () => ConfirmPolicy,
    questions: SaveQuestions,
    signal?: AbortSignal,
    correlationId?: string,
  ): Promise<SessionOutcome> {
    return this.#queue.save(() => {
      const announced = this.mergeBase.takeAnnounced(text);
      return this.#save(text, announced, { policy, correlationId }, questions, signal);
    });
  }

  /**
   * Merges a newer server state into the edited text and makes it the merge base. From then on, a save sends the
   * differences to `remote`. Where both sides changed a path, the text keeps its own value.
   *
   * @param edit applies the edits in the editor and returns the text afterwards; undefined if that failed
   * @param conflicts `decided`: the user was asked about them and sees `remote` beside the text, so that saving it
   *   unchanged does not ask again; `open`: saving will ask about them
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
      // Text of an earlier window has no known base. Nothing is merged into it, and saving still asks.
      if (!this.base && conflicts === 'open') return true;
      this.mergeBase.prove(remote);
      const from = this.base;
      const base = from ?? remote;
      const after = await edit(rebaseEdits(before, base, edited, remote));
      const shown = after === undefined ? undefined : parseDocument(after).metadata;
      if (after === undefined || !shown) return false;
      this.setFile(remote);
      const to = conflicts === 'open' ? openBase(base, edited, remote) : remote;
      this.mergeBase.note({ before, after, from, to });
      this.mergeBase.set(to);
      if (conflicts === 'decided') this.mergeBase.approve(fingerprint(planEdit(remote, shown), remote));
      return true;
    });
  }

  async #save(
    text: string,
    announced: Sections | undefined,
    how: { readonly policy: () => ConfirmPolicy; readonly correlationId: string | undefined },
    questions: SaveQuestions,
    signal: AbortSignal | undefined,
  ): Promise<SessionOutcome> {
    const { metadata: edited, problems } = parseDocument(text);
    if (!edited) return { kind: 'invalid', problems };
    let base = announced;
    const { unproven } = this.mergeBase;
    const { approved: print } = this.mergeBase;
    const approved = print === undefined ? undefined : { print, about: this.#seenAs };
    const prove = (remote: Sections) => {
      const isOwn = this.base === base;
      if (this.mergeBase.prove(remote)) base = isOwn ? this.base : unproven?.addedTo(base);
      return base;
    };
    const request = { ...how, base, edited, approved, prove: unproven && prove };
    const outcome = await saveUser(request, this.#user, questions, signal);
    this.#seenAs = questions.about?.();
    switch (outcome.kind) {
      case 'unchanged':
        this.saved(text, edited, base);
        break;
      case 'upToDate':
      case 'saved':
        this.saved(text, edited, base, outcome.now, outcome.plan.conflicts);
        break;
      case 'showChanges':
        this.mergeBase.approve(fingerprint(outcome.plan, outcome.remote));
        break;
      case 'lost':
        // Shown once the user discards the unsaved text.
        this.learn(outcome.found);
        break;
      case 'unknown':
        this.mergeBase.lose(outcome.sent, base);
        break;
    }
    return outcome;
  }
}
