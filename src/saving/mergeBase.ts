// The merge base of a document's text: the last server state that the text has taken in.
import type { Sections } from '../metadata/document';
import { AnnouncedTexts } from './announcedTexts';
import { type BaseMove, BaseMoves } from './baseMoves';
import type { Sent } from './save';
import { UnprovenSave } from './unprovenSave';

/** Keeps the base that a session decides on, and all that goes with it: undo, saves under way, a save without an answer. */
export class MergeBase {
  #value: Sections | undefined;
  /** Fingerprint of the plan that the user has looked at; good for this base alone. */
  #approved: string | undefined;
  readonly #moves = new BaseMoves();
  readonly #announced = new AnnouncedTexts();
  /** The last save, where nobody knows whether it was made. */
  #unproven: UnprovenSave | undefined;

  /** Undefined for text that was restored: nobody knows what it grew from. */
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

  /** A step of the text that undoing may take back, and the base with it. The base itself is not set. */
  note(move: BaseMove): void {
    this.#moves.add(move);
  }

  /** Hears a change of the text. Asks for the text only where it matters: it can be large. */
  follow(text: () => string, how: 'typed' | 'undo' | 'redo'): void {
    if (this.#moves.isEmpty) return;
    const value = this.#moves.follow(text(), how, this.#value);
    if (value !== this.#value) this.set(value);
  }

  /** A save is announced: `text`, or one that follows, will be written. */
  announce(text: string): void {
    this.#announced.clear();
    this.#announced.note(text, this.#value);
  }

  /** The document shows another text while a save may be under way. */
  goOn(text: () => string): void {
    if (!this.#announced.isEmpty) this.#announced.note(text(), this.#value);
  }

  /** The base of `text`, which is written now. */
  takeAnnounced(text: string): Sections | undefined {
    return this.#announced.take(text, this.#value);
  }

  /** A save, planned with `base`, got no answer and could not be read back. */
  lose(sent: Sent, base: Sections | undefined): void {
    this.#unproven = new UnprovenSave(sent, base);
  }

  /** The server holds `remote`: whether that shows that the last save, which got no answer, was made. */
  prove(remote: Sections): boolean {
    const last = this.#unproven;
    this.#unproven = undefined;
    if (!last?.wasMade(remote)) return false;
    this.set(last.addedTo(this.#value));
    return true;
  }
}
