// Documents opened, edited and saved in the real host: ours, and those of the bare file system, taking turns.
import * as vscode from 'vscode';
import { type Samples, timed } from '../samples';
import { BARE_SCHEME, BareFiles } from './bareFiles';

export interface Access {
  readonly url: string;
  readonly domain: string;
  readonly token: string;
  readonly ids: readonly string[];
  /** Opened by the command that a click runs, in an editor. */
  readonly shownIds: readonly string[];
}

export async function sessionTimes({ url, domain, token, ids, shownIds }: Access): Promise<Samples> {
  const bare = vscode.workspace.registerFileSystemProvider(BARE_SCHEME, new BareFiles(url, token));
  await vscode.commands.executeCommand('auth0Metadata.addTenant', { url, domain, token });
  const samples = {
    open: [] as number[],
    bareOpen: [] as number[],
    save: [] as number[],
    bareSave: [] as number[],
    shown: [] as number[],
  };
  for (const [i, id] of ids.entries()) {
    // As files that nothing shows: an editor costs the same for both, and only adds noise.
    const uri = vscode.Uri.from({ scheme: 'auth0-user', authority: domain, path: `/users/${id}/user.json` });
    const bareUri = vscode.Uri.from({ scheme: BARE_SCHEME, path: `/${id}/user.json` });
    const ours = await timed(samples.open, async () => vscode.workspace.openTextDocument(uri));
    const theirs = await timed(samples.bareOpen, async () => vscode.workspace.openTextDocument(bareUri));
    await edit(ours, i);
    await timed(samples.save, async () => saved(ours));
    await edit(theirs, i);
    await timed(samples.bareSave, async () => saved(theirs));
  }
  for (const userId of shownIds) {
    const click = async () => vscode.commands.executeCommand('auth0Metadata.openUser', { tenant: domain, userId });
    await timed(samples.shown, click);
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  bare.dispose();
  return samples;
}

async function edit(document: vscode.TextDocument, value: number): Promise<void> {
  const key = '"user_metadata": {';
  const at = document.getText().indexOf(key);
  const change = new vscode.WorkspaceEdit();
  if (at < 0) change.insert(document.uri, document.positionAt(1), `\n  "bench": ${value},`);
  else {
    const end = document.positionAt(at + key.length);
    const isEmpty = document.getText()[at + key.length] === '}';
    change.insert(document.uri, end, `"bench": ${value}${isEmpty ? '' : ','}`);
  }
  if (!(await vscode.workspace.applyEdit(change))) throw new Error('the edit was not applied');
}

async function saved(document: vscode.TextDocument): Promise<void> {
  if (!(await document.save())) throw new Error(`${document.uri.toString()} was not saved`);
}
