// From a path in the metadata to its place in the text, even while the text is broken.
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import * as vscode from 'vscode';
import type { JsonPath } from '../json/value';

/** Deeper text overflows the stack of the tolerant parser. */
const TOLERANT_DEPTH = 1_000;

/** Selects the key at `path`; the nearest one above it that is there otherwise. */
export function revealPath(editor: vscode.TextEditor, path: JsonPath): void {
  const { document } = editor;
  const range = rangeOf(document, path);
  if (!range) return;
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

function rangeOf(document: vscode.TextDocument, path: JsonPath): vscode.Range | undefined {
  const text = document.getText();
  if (maxDepth(text) > TOLERANT_DEPTH) return undefined;
  const root = parseTree(text);
  for (let length = path.length; root && length > 0; length--) {
    const value = findNodeAtLocation(root, path.slice(0, length));
    if (!value) continue;
    const node = value.parent?.type === 'property' ? (value.parent.children?.[0] ?? value) : value;
    return new vscode.Range(document.positionAt(node.offset), document.positionAt(node.offset + node.length));
  }
  return undefined;
}

/** At least the nesting of `text`: brackets in strings count as well. */
function maxDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === '{' || bracket === '[' ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
