// From a path in the metadata to its place in the text, even while the text is broken.

import * as vscode from 'vscode';
import type { JsonPath } from '../json/value';
import { parsed } from './parsed';

/** Selects the key at `path`; the nearest one above it that is there otherwise. */
export function revealPath(editor: vscode.TextEditor, path: JsonPath): void {
  const { document } = editor;
  const range = parsed(document).rangeOf(path);
  if (!range) return;
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
