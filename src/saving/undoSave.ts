// Taking a save back: its inverse becomes an edit of the user's document, to be reviewed and saved like any other.

import type { TextEdit } from '../json/edit';
import { type MadePatch, undoEdits } from '../metadata/made';
import type { Conflict, Side } from '../metadata/merge';

/** The document in which a save is undone. */
export interface UndoTarget {
  text(): string;
  /** Puts into the document what the server holds now: the undo is planned against that. */
  bringUpToDate(): Promise<unknown>;
  /** Shows the edits, and gives the text that the document has afterwards; undefined if that failed. */
  edit(edits: readonly TextEdit[]): Promise<string | undefined>;
}

/**
 * `nothing`: the document is as it was before the save. `problems`: its text cannot be read. `moved`: the text changed before the
 * edit was made. Only `undone` has changed anything.
 */
export type UndoOutcome = 'undone' | 'nothing' | 'cancelled' | 'problems' | 'moved';

/**
 * Undoes `made` in `target`. Nothing is sent.
 *
 * @param decide about the paths that were changed again since: `theirs` puts the old values back, `mine` leaves the present
 *   ones, undefined cancels
 * @throws ManagementError where the server could not be read
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
  if (!undo?.edits.length) return 'nothing';
  return (await target.edit(undo.edits)) === undefined ? 'moved' : 'undone';
}
