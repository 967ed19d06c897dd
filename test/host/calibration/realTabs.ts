// The tabs of VS Code, by the names that histories know them by.
import * as vscode from 'vscode';
import { BESIDE, SCHEME } from './stage';
import { nameOf } from './trace';

export function allTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
}

export async function closeNamed(name: string): Promise<void> {
  const tab = allTabs().find(each => tabName(each) === name);
  if (tab) await vscode.window.tabGroups.close(tab);
}

/** Undefined: not of the history. */
export function tabName({ input }: vscode.Tab): string | undefined {
  if (input instanceof vscode.TabInputText && input.uri.scheme === SCHEME) return nameOf(input.uri);
  if (!(input instanceof vscode.TabInputTextDiff) || input.modified.scheme !== SCHEME) return undefined;
  return `${nameOf(input.original)}${BESIDE}${nameOf(input.modified)}`;
}
