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
  const replacements = edits.map(({ offset, end, text }) => {
    return { range: new vscode.Range(document.positionAt(offset), document.positionAt(end)), text };
  });
  return (await isApplied(document, replacements)) ? document.getText() : undefined;
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
