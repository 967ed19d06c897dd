// The tabs of a user's document.
import * as vscode from 'vscode';
import { type ResourceId, sameResource } from '../../management/resourceId';
import { fromUri, USER_SCHEME } from '../uris';

/** The documents of `identity` that tabs show, whatever their labels. The active tab's comes first. */
function shownUris(identity: ResourceId): vscode.Uri[] {
  const active = vscode.window.tabGroups.activeTabGroup?.activeTab;
  return [...(active ? [active] : []), ...allTabs()].flatMap(({ input }) => {
    const uri = documentIn(input);
    return uri && sameResource(fromUri(uri), identity) ? [uri] : [];
  });
}

/** The URI under which the user is open now, in a tab or with unsaved text. */
export function openUriOf(identity: ResourceId): vscode.Uri | undefined {
  const [shown] = shownUris(identity);
  if (shown) return shown;
  return vscode.workspace.textDocuments.find(
    ({ uri, isDirty }) => isDirty && uri.scheme === USER_SCHEME && sameResource(fromUri(uri), identity),
  )?.uri;
}

/** Whether any tab shows the document. */
export function hasTab(uri: vscode.Uri): boolean {
  return tabsOf(uri).length > 0;
}

/** Whether the document has tabs, and none of them is dirty. */
export function isCleanInTabs(uri: vscode.Uri): boolean {
  const tabs = tabsOf(uri);
  return tabs.length > 0 && !tabs.some(({ isDirty }) => isDirty);
}

function tabsOf(uri: vscode.Uri): vscode.Tab[] {
  const wanted = uri.toString();
  return allTabs().filter(({ input }) => documentIn(input)?.toString() === wanted);
}

/** The user's document that a tab of this input edits: alone, or as the right side of a comparison. */
export function documentIn(input: unknown): vscode.Uri | undefined {
  const uri =
    input instanceof vscode.TabInputText
      ? input.uri
      : input instanceof vscode.TabInputTextDiff
        ? input.modified
        : undefined;
  return uri?.scheme === USER_SCHEME ? uri : undefined;
}

/** The tab that shows the document alone, not in a comparison. */
export function tabOf(uri: vscode.Uri): vscode.Tab | undefined {
  return allTabs().find(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
}

function allTabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(group => group.tabs);
}
