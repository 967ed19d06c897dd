// Moves the merge base back when undo takes back a reload or a merge, and forward on redo. Independent of VS Code.

import { metadataOf, type Sections } from '../metadata/document';
import { mergeSections } from '../metadata/rebase';

/** One change of a document's text that also moved its base. */
export interface BaseMove {
  /** The text right before the change, and right after it. */
  readonly before: string;
  readonly after: string;
  /** Undefined if the base of the text was unknown. */
  readonly from: Sections | undefined;
  readonly to: Sections;
}

/** Each holds two texts. Undo beyond this many reloads and merges no longer moves the base. */
const MOVES_KEPT = 20;

/**
 * Undoing a reload must not revert other people's changes. The base goes back with the text, so that the next save
 * finds these changes on the server and keeps them. What the user's own saves have added to the base since then stays.
 */
export class BaseMoves {
  readonly #done: BaseMove[] = [];
  readonly #undone: BaseMove[] = [];
  /** The document's text at the last call. */
  #text: string | undefined;

  add(move: BaseMove): void {
    if (move.before === move.after) return;
    this.#done.push(move);
    if (this.#done.length > MOVES_KEPT) this.#done.shift();
    this.#undone.length = 0;
    this.#text = move.after;
  }

  /** Whether there is no change that undo or redo could reach. */
  get isEmpty(): boolean {
    return !this.#done.length && !this.#undone.length;
  }

  /** Call with each new text of the document. Returns its base; `base` is the base of the previous text. */
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

/** `base` with the changes from `from` to `to`; paths where `base` itself differs from `from` stay. */
export function movedBase(
  base: Sections | undefined,
  from: Sections | undefined,
  to: Sections | undefined,
): Sections | undefined {
  if (!base || !from || !to) return to;
  const merged = mergeSections(from, base, to).value;
  return merged.type === 'object' ? metadataOf(merged) : base;
}
