// Edits of ours as an ordinary, undoable edit of an open document.
import * as vscode from 'vscode';
import type { TextEdit } from '../json/edit';

/**
 * @param edits in UTF-16 offsets of the document's present text
 * @returns the document's text afterwards; undefined if VS Code did not apply them (the text moved meanwhile)
 */
export async function applyEdits(
  document: vscode.TextDocument,
  edits: readonly TextEdit[],
): Promise<string | undefined> {
  if (!edits.length) return document.getText();
  const change = new vscode.WorkspaceEdit();
  for (const { offset, end, text } of edits) {
    change.replace(document.uri, new vscode.Range(document.positionAt(offset), document.positionAt(end)), text);
  }
  return (await vscode.workspace.applyEdit(change)) ? document.getText() : undefined;
}
