// Undoes a save: its inverse becomes an edit of the user's document, to be reviewed and saved like any other.

import type { TextEdit } from '../json/edit';
import { type MadePatch, undoEdits } from '../metadata/made';
import type { Conflict, Side } from '../metadata/merge';

/** The document in which a save is undone. */
export interface UndoTarget {
  text(): string;
  /** Updates the document to the server's current state, which the undo is planned against. */
  bringUpToDate(): Promise<unknown>;
  /** Applies the edits and returns the document's text afterwards; undefined if that failed. */
  edit(edits: readonly TextEdit[]): Promise<string | undefined>;
}

/**
 * - `undone`: the edit was made. Nothing else changes anything.
 * - `nothing`: the document is as it was before the save.
 * - `left`: what the save changed has changed again since, and `decide` left it so.
 * - `problems`: the text of the document cannot be read.
 * - `moved`: the text changed before the edit was made.
 */
export type UndoOutcome = 'undone' | 'nothing' | 'left' | 'cancelled' | 'problems' | 'moved';

/**
 * Undoes `made` in `target`. Nothing is sent.
 *
 * @param decide decides about paths that were changed again since: `theirs` restores the old values, `mine` keeps the
 *   current ones, undefined cancels
 * @throws ManagementError if the server could not be read
 */
export async function undoSave(
  made: MadePatch,
  target: UndoTarget,
  decide: (conflicts: readonly Conflict[]) => Promise<Side | undefined>,
): Promise<UndoOutcome> {
  await target.bringUpToDate();
  const probe = undoEdits(made, target.text(), () => 'mine');
  if (!probe) return 'problems';
  const side = probe.conflicts.length ? await decide(probe.conflicts) : 'theirs';
  if (!side) return 'cancelled';
  const undo = undoEdits(made, target.text(), () => side);
  if (!undo?.edits.length) return side === 'mine' ? 'left' : 'nothing';
  return (await target.edit(undo.edits)) === undefined ? 'moved' : 'undone';
}
