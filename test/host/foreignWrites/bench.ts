// What tests of foreign writes share: Jane and John in a tenant, a write past the editor, a save by hand.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type Bench, connect, requests } from '../support';

export const JANE = 'auth0|jane';
export const JOHN = 'auth0|john';
/** What a refused write says: how to send it after all. */
export const SENTENCE = /Save/;

export function connectJaneAndJohn(): Promise<Bench> {
  return connect({
    users: [
      { user_id: JANE, email: 'jane@example.com', user_metadata: { n: 1 }, app_metadata: { plan: 'full' } },
      { user_id: JOHN, email: 'john@example.com', user_metadata: { n: 7 } },
    ],
    connections: [{ id: 'con_1', name: 'people', strategy: 'auth0' }],
  });
}

export function write(uri: vscode.Uri, text: string): Thenable<void> {
  return vscode.workspace.fs.writeFile(uri, Buffer.from(text));
}

/** A save by hand. What was asked of the server before it is what the other way of writing has sent. */
export async function saveByHand(bench: Bench, document: vscode.TextDocument): Promise<string[]> {
  let before: string[] | undefined;
  const subscription = vscode.workspace.onWillSaveTextDocument(event => {
    if (event.document !== document || event.reason !== vscode.TextDocumentSaveReason.Manual) return;
    before ??= requests(bench);
  });
  try {
    assert.equal(await document.save(), true);
  } finally {
    subscription.dispose();
  }
  // VS Code tells of no save where there is nothing left to save.
  return before ?? requests(bench);
}

export function hasTab(uri: vscode.Uri): boolean {
  const all = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
  return all.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
}
