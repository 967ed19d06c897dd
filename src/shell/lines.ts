// Lists that are too long to be shown whole.
import * as vscode from 'vscode';

/** `lines`, and where `more` were left out, one that says how many. */
export function withMore(lines: readonly string[], more: number): readonly string[] {
  return more > 0 ? [...lines, vscode.l10n.t('… and {0} more', more)] : lines;
}
