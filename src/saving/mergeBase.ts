// The merge base of a document's text: the last server state that the text includes.
import type { Sections } from '../metadata/document';
import { AnnouncedTexts } from './announcedTexts';
import { type BaseMove, BaseMoves } from './baseMoves';
import type { Sent } from './save';
import { UnprovenSave } from './unprovenSave';

/** Holds the base and everything that can change it: undo, saves in progress, a save without an answer. */
export class MergeBase {
  #value: Sections | undefined;
  /** Fingerprint of the plan that the user has seen; valid for this base only. */
  #approved: string | undefined;
  readonly #moves = new BaseMoves();
  readonly #announced = new AnnouncedTexts();
  /** The last save, if its outcome is unknown. */
  #unproven: UnprovenSave | undefined;

  /** Undefined for restored text, whose base is unknown. */
  get value(): Sections | undefined {
    return this.#value;
  }

  get approved(): string | undefined {
    return this.#approved;
  }

  get unproven(): UnprovenSave | undefined {
    return this.#unproven;
  }

  set(value: Sections | undefined): void {
    this.#value = value;
    this.#approved = undefined;
  }

  approve(fingerprint: string | undefined): void {
    this.#approved = fingerprint;
  }

  /** Remembers a change of the text that undo may take back together with the base. Does not set the base. */
  note(move: BaseMove): void {
    this.#moves.add(move);
  }

  /** Call with each change of the text. `text` is a function, because a text can be large and is rarely needed. */
  follow(text: () => string, how: 'typed' | 'undo' | 'redo'): void {
    if (this.#moves.isEmpty) return;
    const value = this.#moves.follow(text(), how, this.#value);
    if (value !== this.#value) this.set(value);
  }

  /** Call when a save is announced: `text` or a later text will be written. */
  announce(text: string): void {
    this.#announced.clear();
    this.#announced.note(text, this.#value);
  }

  /** Call when the text changes while a save may be in progress. */
  goOn(text: () => string): void {
    if (!this.#announced.isEmpty) this.#announced.note(text(), this.#value);
  }

  /** The base of `text`, which is being written. */
  takeAnnounced(text: string): Sections | undefined {
    return this.#announced.take(text, this.#value);
  }

  /** Call when a save, planned with `base`, got no answer and could not be read back. */
  lose(sent: Sent, base: Sections | undefined): void {
    this.#unproven = new UnprovenSave(sent, base);
  }

  /** Whether the server state `remote` proves that the unproven save was applied. Then adds it to the base. */
  prove(remote: Sections): boolean {
    const last = this.#unproven;
    this.#unproven = undefined;
    if (!last?.wasMade(remote)) return false;
    this.set(last.addedTo(this.#value));
    return true;
  }
}
