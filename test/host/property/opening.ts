// A user's document is opened, closed, opened again: in a tab, in a comparison alone, under another URI.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { metadataIn } from '../../reliability/model/plain';
import { discardAll, isDirty, isSame, modelGone, roundTrips, secondUri, showDiff, tabs } from '../documentLife';
import { until } from '../support';
import { same } from './metadata';
import type { Edit, Reopen } from './steps';
import type { World } from './world';

/** Closes all tabs, unsaved text is lost, and opens the user again. */
export async function reopen(world: World, { lastTab, model, theirs, by, mine }: Reopen): Promise<void> {
  const [first] = world.editor.documents;
  if (lastTab === 'diff' && first) await compareOnly(world, first);
  await discardAll();
  if (model === 'gone') {
    const kept = vscode.workspace.textDocuments.filter(({ uri }) => world.isOurs(uri));
    for (const document of kept) await modelGone(document);
  }
  if (theirs) world.remote(theirs);
  world.met.push(`reopened, ${model}`);
  await open(world, by, mine);
}

/** @param mine typed as soon as an editor is seen */
export async function open(world: World, by: Reopen['by'], mine: Edit | undefined): Promise<void> {
  const { judge, server } = world;
  server.exchanges.length = 0;
  const opening = openBy(world, by);
  const find = () => vscode.window.visibleTextEditors.find(({ document }) => world.isOurs(document.uri));
  await until(vscode.window.onDidChangeVisibleTextEditors, 'an editor is shown', () => find() !== undefined);
  const { document } = find() ?? assert.fail();
  judge.of(document);
  if (mine) {
    world.met.push('typed at once');
    await world.type(document, mine);
  }
  await opening;
  if (by === 'command') {
    const [read, ...more] = server.exchanges;
    assert(read && !more.length, 'opening costs one GET');
    if (!mine) same(metadataIn(document.getText()), read.answer, 'opening resolves when the new state is shown');
  }
  await roundTrips(1);
  if (!mine) assert(!isDirty(document.uri));
}

async function openBy({ bench, server, uri }: World, by: Reopen['by']): Promise<void> {
  const { userId } = server;
  const argument = { userId, tenant: bench.tenant };
  if (by === 'command') await vscode.commands.executeCommand('auth0Metadata.openUser', argument);
  else if (by === 'diff') await showDiff(uri);
  else await openUri(by === 'uri' ? uri : secondUri(uri));
}

/** The user under another URI, beside the documents that are open. */
export async function openSecond(world: World, edit: Edit | undefined): Promise<void> {
  const uri = secondUri(world.uri);
  await openUri(uri);
  const find = () => world.editor.documents.find(document => isSame(document.uri, uri));
  await until(vscode.workspace.onDidOpenTextDocument, 'the second is open', () => find() !== undefined);
  world.met.push('second');
  if (edit) await world.type(find() ?? assert.fail(), edit);
}

/** A comparison; a clean document is shown by that alone. */
export async function compareOnly(world: World, { uri }: vscode.TextDocument): Promise<void> {
  await showDiff(uri);
  if (isDirty(uri)) return;
  await vscode.window.tabGroups.close(tabs().filter(isOwnTabOf(uri)));
  world.met.push('diff only');
}

export function isOwnTabOf(uri: vscode.Uri): (tab: vscode.Tab) => boolean {
  return ({ input }) => input instanceof vscode.TabInputText && isSame(input.uri, uri);
}

async function openUri(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('vscode.open', uri, { preview: false });
}
