// Asks for a JSON file on disk: one to write, or one to read.
import { homedir } from 'node:os';
import * as vscode from 'vscode';

const JSON_ONLY = { JSON: ['json'] };

/** VS Code asks before a file is written over. Undefined if the user cancelled. */
export async function askForNewJsonFile(title: string, name: string): Promise<vscode.Uri | undefined> {
  const defaultUri = vscode.Uri.joinPath(startFolder(), name);
  return vscode.window.showSaveDialog({ title, defaultUri, filters: JSON_ONLY });
}

/** Undefined if the user cancelled. */
export async function askForJsonFile(title: string): Promise<vscode.Uri | undefined> {
  const files = await vscode.window.showOpenDialog({ title, defaultUri: startFolder(), filters: JSON_ONLY });
  return files?.[0];
}

function startFolder(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri;
  return folder ?? vscode.Uri.file(homedir());
}
