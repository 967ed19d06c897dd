// Shows the place of a metadata path in an editor. Works in invalid text too.
import * as vscode from 'vscode';
import type { JsonPath } from '../json/value';
import { parsed } from './parsed';

/** Selects the key at `path`, or its nearest existing ancestor. */
export function revealPath(editor: vscode.TextEditor, path: JsonPath): void {
  const { document } = editor;
  const range = parsed(document).rangeOf(path);
  if (!range) return;
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
