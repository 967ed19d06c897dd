// The document in front: the one source of it, so that nothing keeps an answer of its own that could be old.
import * as vscode from 'vscode';

/** The document that a person would mean by "this one". */
export function activeDocument(): vscode.TextDocument | undefined {
  return vscode.window.activeTextEditor?.document;
}

/** Its URI, if it is one of `scheme`. */
export function activeUri(scheme?: string): vscode.Uri | undefined {
  const uri = activeDocument()?.uri;
  return scheme === undefined || uri?.scheme === scheme ? uri : undefined;
}

export function isActive(uri: vscode.Uri): boolean {
  return activeUri()?.toString() === uri.toString();
}

export function onDidChangeActiveDocument(listener: () => void): vscode.Disposable {
  return vscode.window.onDidChangeActiveTextEditor(() => listener());
}
