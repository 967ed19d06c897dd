// Applies text edits to an open document as one ordinary, undoable edit.
import * as vscode from 'vscode';
import { applyTextEdits, editsTo, type TextEdit } from '../json/edit';
import type { JsonValue } from '../json/value';
import { parsed } from './parsed';

/**
 * @param edits in UTF-16 offsets of the document's present text
 * @returns the document's text afterwards; undefined if VS Code did not apply the edits: the text changed meanwhile, or
 *   the editor is read-only, which VS Code does not report
 */
export async function applyEdits(
  document: vscode.TextDocument,
  edits: readonly TextEdit[],
): Promise<string | undefined> {
  if (!edits.length) return document.getText();
  const replacements = edits.map(({ offset, end, text }) => {
    return { range: new vscode.Range(document.positionAt(offset), document.positionAt(end)), text };
  });
  const expected = applyTextEdits(document.getText(), edits);
  if (!(await isApplied(document, replacements))) return undefined;
  const text = document.getText();
  return text === expected || withoutReturns(text) === withoutReturns(expected) ? text : undefined;
}

/**
 * Changes the document's JSON value to `target` with as few edits as possible. Nothing is sent.
 *
 * @returns the same as `applyEdits`; undefined also if the text is not JSON
 */
export async function editTo(document: vscode.TextDocument, target: JsonValue): Promise<string | undefined> {
  const { text, exact } = parsed(document);
  return exact.value && applyEdits(document, editsTo(text, exact.value, target));
}

/**
 * Edits through a visible editor if there is one. A WorkspaceEdit is less strict: VS Code first minimizes its edits,
 * and does not notice if the text is reloaded meanwhile.
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
    // Rejects if the editor has just been closed.
    return editor.edit(edit).then(undefined, () => false);
  }
  const change = new vscode.WorkspaceEdit();
  for (const { range, text } of replacements) change.replace(document.uri, range, text);
  return vscode.workspace.applyEdit(change);
}

/** Ignores line endings: VS Code uses the same one for the whole document. */
function withoutReturns(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
