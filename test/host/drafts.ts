// Drafts of new users, made as a person makes them: by the command, and a choice among the tenant's connections.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type Bench, until } from './support';

const MAX_TRIES = 500;

/** The draft for the tenant's only connection, once it is shown. */
export async function draftOf({ tenant }: Bench): Promise<vscode.TextDocument> {
  let uri: vscode.Uri | undefined;
  let ended = false;
  const command = vscode.commands.executeCommand<vscode.Uri>('auth0Metadata.createUser', { tenant }).then(created => {
    uri = created;
    ended = true;
  });
  // Nothing tells when the list of connections is shown; until then there is nothing to accept.
  for (let i = 0; i < MAX_TRIES && !ended; i++) {
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  }
  await command;
  assert(uri, 'the command gives the draft');
  const document = await vscode.workspace.openTextDocument(uri);
  await until(vscode.workspace.onDidOpenTextDocument, 'the draft has our language', () =>
    vscode.workspace.textDocuments.some(
      ({ uri: other, languageId }) => other.toString() === uri?.toString() && languageId === 'auth0-metadata',
    ),
  );
  return document;
}
