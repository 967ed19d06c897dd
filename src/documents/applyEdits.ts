// Edits of ours as an ordinary, undoable edit of an open document.

import * as vscode from 'vscode';
import { applyTextEdits, editsTo, type TextEdit } from '../json/edit';
import type { JsonValue } from '../json/value';
import { parsed } from './parsed';

/**
 * @param edits in UTF-16 offsets of the document's present text
 * @returns the document's text afterwards; undefined if VS Code did not apply them: the text moved meanwhile, or the editor
 *   is read-only, of which VS Code says nothing
 */
export async function applyEdits(
  document: vscode.TextDocument,
  edits: readonly TextEdit[],
): Promise<string | undefined> {
  if (!edits.length) return document.getText();
  const replacements = edits.map(({ offset, end, text }) => {
    return { range: new vscode.Range(document.positionAt(offset), document.positionAt(end)), text };
  });
  const aim = applyTextEdits(document.getText(), edits);
  if (!(await isApplied(document, replacements))) return undefined;
  const text = document.getText();
  return text === aim || withoutReturns(text) === withoutReturns(aim) ? text : undefined;
}

/**
 * Makes the document mean `target`, with as few edits as that takes. Nothing is sent.
 *
 * @returns as `applyEdits` does; undefined also for text that is no JSON
 */
export async function editTo(document: vscode.TextDocument, target: JsonValue): Promise<string | undefined> {
  const { text, exact } = parsed(document);
  return exact.value && applyEdits(document, editsTo(text, exact.value, target));
}

/**
 * By its editor where it has one. An edit of the workspace is less strict there: VS Code first makes it smaller, and lets
 * a reload of the text pass meanwhile.
 */
async function isApplied(
  document: vscode.TextDocument,
  replacements: readonly { range: vscode.Range; text: string }[],
): Promise<boolean> {
  const editor = vscode.window.visibleTextEditors.find(visible => visible.document === document);
  if (editor) {
    const edit = (builder: vscode.TextEditorEdit) => {
      for (const { range, text } of replacements) builder.replace(range, text);
    };
    // Rejected where the editor has just been closed.
    return editor.edit(edit).then(undefined, () => false);
  }
  const change = new vscode.WorkspaceEdit();
  for (const { range, text } of replacements) change.replace(document.uri, range, text);
  return vscode.workspace.applyEdit(change);
}

/** VS Code gives all lines of a document the same end. */
function withoutReturns(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
