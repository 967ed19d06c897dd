// What happens to a document in VS Code besides being typed into: its tabs close, its model goes, its language changes.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from './support';

export const LANGUAGE_ID = 'auth0-metadata';

/** Beyond so many, VS Code lets go of the oldest documents that extensions have opened; else it keeps them for 3 minutes. */
const KEPT_MODELS = 60;
const FILLER_SCHEME = 'auth0-metadata-test-filler';

/** Documents that mean nothing. */
const fillers = vscode.workspace.registerTextDocumentContentProvider(FILLER_SCHEME, {
  provideTextDocumentContent: () => '{}',
});
let opened = 0;

after(() => {
  fillers.dispose();
});

/** Closes every tab of clean documents; an extension's reference keeps the models. */
export async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Closes every tab, unsaved text is lost: *Don't Save*. */
export async function discardAll(): Promise<void> {
  for (const tab of tabs()) {
    const uri = tab.isDirty && uriOf(tab);
    if (!uri || !isDirty(uri)) continue;
    await activate(uri);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until(vscode.window.tabGroups.onDidChangeTabs, 'it is reverted', () => !isDirty(uri));
  }
  await closeAll();
}

/** Resolves once VS Code has let go of the document; its tabs must be closed. */
export async function modelGone(document: vscode.TextDocument): Promise<void> {
  for (let i = 0; i < KEPT_MODELS && !document.isClosed; i++) {
    await vscode.workspace.openTextDocument(fillerUri(++opened));
  }
  await until(vscode.workspace.onDidCloseTextDocument, 'the model is gone', () => document.isClosed);
}

/**
 * Saves, which must be refused, and gives the sentence. VS Code keeps to itself what it was told, so the same text is
 * written in the middle of the save, with the leave of that save.
 */
export async function refusalOf(document: vscode.TextDocument): Promise<string> {
  const write = async (text: string) => vscode.workspace.fs.writeFile(document.uri, Buffer.from(text));
  let refused: Promise<string> | undefined;
  const subscription = vscode.workspace.onWillSaveTextDocument(event => {
    if (event.document !== document) return;
    refused ??= write(document.getText()).then(
      () => assert.fail('the save is not refused'),
      error => String(error),
    );
    event.waitUntil(refused);
  });
  try {
    assert.equal(await document.save(), false);
    return await (refused ?? assert.fail('VS Code tells of a save'));
  } finally {
    subscription.dispose();
  }
}

/** Another label, another URI, the same user. */
export function secondUri(uri: vscode.Uri): vscode.Uri {
  return uri.with({ path: uri.path.replace(/[^/]*$/, 'former.name.json') });
}

/** Resolves once the document has the language, and VS Code has told of it. */
export async function setLanguage(document: vscode.TextDocument, languageId: string): Promise<void> {
  const changed = await vscode.languages.setTextDocumentLanguage(document, languageId);
  assert.equal(changed.uri.toString(), document.uri.toString());
}

/** Resolves once the open document of `uri` has our language. */
export function hasOurLanguage(uri: vscode.Uri): Promise<void> {
  return until(vscode.workspace.onDidOpenTextDocument, 'it has our language', () =>
    vscode.workspace.textDocuments.some(
      document => document.uri.toString() === uri.toString() && document.languageId === LANGUAGE_ID,
    ),
  );
}

/** To VS Code and back, so often: what was under way in either direction before has arrived. */
export async function roundTrips(times: number): Promise<void> {
  for (let i = 0; i < times; i++) await vscode.languages.getLanguages();
}

/** What the dot on the tab says. A document may say that it is clean when it is not. */
export function isDirty(uri: vscode.Uri): boolean {
  return tabs().some(tab => tab.isDirty && uriOf(tab)?.toString() === uri.toString());
}

export function tabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(group => group.tabs);
}

export function uriOf({ input }: vscode.Tab): vscode.Uri | undefined {
  if (input instanceof vscode.TabInputText) return input.uri;
  return input instanceof vscode.TabInputTextDiff ? input.modified : undefined;
}

/** The open document in a diff editor, on the right. */
export async function showDiff(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('vscode.diff', fillerUri(0), uri, 'Difference', { preview: false });
}

/** Makes an editor of `uri` the active one: its own, or the comparison that shows it. */
export async function activate(uri: vscode.Uri): Promise<void> {
  const isOwn = ({ input }: vscode.Tab) => input instanceof vscode.TabInputText && isSame(input.uri, uri);
  const own = tabs().find(isOwn);
  if (own)
    await vscode.commands.executeCommand('vscode.open', uri, { viewColumn: own.group.viewColumn, preview: false });
  else {
    const [tab] = tabs().filter(other => isSame(uriOf(other), uri));
    assert(tab?.input instanceof vscode.TabInputTextDiff, `no tab shows ${uri.path}`);
    await vscode.commands.executeCommand('vscode.diff', tab.input.original, uri, tab.label, { preview: false });
  }
}

export function isSame(a: vscode.Uri | undefined, b: vscode.Uri | undefined): boolean {
  return a !== undefined && a.toString() === b?.toString();
}

function fillerUri(count: number): vscode.Uri {
  return vscode.Uri.from({ scheme: FILLER_SCHEME, path: `/${count}` });
}
