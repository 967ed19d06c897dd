// Undo reaches further than a person thinks: it also takes back what a reload or a merge has brought in. Knows no VS Code.

import { metadataOf, type Sections } from '../metadata/document';
import { mergeSections } from '../metadata/rebase';

/** One step of a document's text with which its base has moved. */
export interface BaseMove {
  /** The text right before the step, and right after it. */
  readonly before: string;
  readonly after: string;
  /** Undefined: nobody knew what the text had grown from. */
  readonly from: Sections | undefined;
  readonly to: Sections;
}

/** Each holds two texts; who undoes further than this undoes what they can no longer remember. */
const MOVES_KEPT = 20;

/**
 * Undone, a reload is no wish to take other people's changes back: the base goes back with the text, so that the next save
 * finds these changes on the server and keeps them. What the user's own saves have put into the base since stays in it.
 */
export class BaseMoves {
  readonly #done: BaseMove[] = [];
  readonly #undone: BaseMove[] = [];
  /** The document's text as it was heard last. */
  #text: string | undefined;

  add(move: BaseMove): void {
    if (move.before === move.after) return;
    this.#done.push(move);
    if (this.#done.length > MOVES_KEPT) this.#done.shift();
    this.#undone.length = 0;
    this.#text = move.after;
  }

  /** Whether there is anything that undoing or redoing could reach. */
  get isEmpty(): boolean {
    return !this.#done.length && !this.#undone.length;
  }

  /** Hears each text of the document, and how it came about; gives the base of it, where it grew from a text of `base`. */
  follow(text: string, how: 'typed' | 'undo' | 'redo', base: Sections | undefined): Sections | undefined {
    const before = this.#text;
    this.#text = text;
    const last = how === 'undo' ? this.#done.at(-1) : how === 'redo' ? this.#undone.at(-1) : undefined;
    if (!last) return base;
    if (how === 'undo') {
      if (before !== last.after || text !== last.before) return base;
      this.#done.pop();
      this.#undone.push(last);
      return movedBase(base, last.to, last.from);
    }
    if (before !== last.before || text !== last.after) return base;
    this.#undone.pop();
    this.#done.push(last);
    return movedBase(base, last.from, last.to);
  }
}

/** `base` with all that differs between the two states; where it has moved by itself, it stays. */
export function movedBase(
  base: Sections | undefined,
  from: Sections | undefined,
  to: Sections | undefined,
): Sections | undefined {
  if (!base || !from || !to) return to;
  const merged = mergeSections(from, base, to).value;
  return merged.type === 'object' ? metadataOf(merged) : base;
}
