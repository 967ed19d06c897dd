// What a person knows of a document, and of a save of it.
import type { Metadata } from '../../reliability/model/plain';
import type { Asked } from './questions';
import type { Exchange } from './server';

/** A step of the text, by a reload or a merge, with what it had taken in before and after. */
interface BroughtIn {
  readonly before: string;
  readonly after: string;
  readonly from: Metadata;
  readonly to: Metadata;
}

/** What a person knows of a document. */
export interface Seen {
  /** The server's state that the text has taken in: last shown clean, or merged in as edits that could be seen. */
  base: Metadata;
  /** The text as the person left it. */
  text: string;
  /** The text that was last shown clean, and what it stands for. */
  shown: string;
  shownBase: Metadata;
  /** From this state of the server on, one must come to be shown once the document is clean. */
  due: number | undefined;
  /** Steps that brought in what others wrote: undone, they take it out of the base again, and redone they put it back. */
  readonly done: BroughtIn[];
  readonly undone: BroughtIn[];
  /** What was looked at in a comparison: saving exactly this against exactly that asks no second time. */
  approved: { readonly planned: Metadata; readonly seen: Metadata } | undefined;
}

/** What a save was. */
export interface Saving {
  readonly seen: Seen;
  /** As both were when the text was handed over. */
  readonly base: Metadata;
  readonly saved: Metadata;
  readonly exchanges: readonly Exchange[];
  readonly asked: readonly Asked[];
  /** Whether VS Code has told that it was saved. */
  readonly succeeded: boolean;
}

/** The text is another, by a reload or a merge, and has taken in `to`. */
export function moved(seen: Seen, text: string, to: Metadata): void {
  if (seen.text !== text) {
    seen.done.push({ before: seen.text, after: text, from: seen.base, to });
    seen.undone.length = 0;
  }
  seen.text = text;
  seen.base = to;
}
