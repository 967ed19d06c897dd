// Shortens lists that are too long to show.
import * as vscode from 'vscode';

/** `lines`, and if `more` lines were left out, a last line that says how many. */
export function withMore(lines: readonly string[], more: number): readonly string[] {
  return more > 0 ? [...lines, vscode.l10n.t('… and {0} more', more)] : lines;
}
