// The document in the active editor. Everything asks here each time, so that nothing keeps an old answer.
import * as vscode from 'vscode';
import type { TenantDomain } from '../management/tenant';
import { tenantOfUri } from '../shell/tenantUri';

/** The document that a person would mean by "this one". */
export function activeDocument(): vscode.TextDocument | undefined {
  return vscode.window.activeTextEditor?.document;
}

/** Its URI. With `scheme`, only if the document has that scheme. */
export function activeUri(scheme?: string): vscode.Uri | undefined {
  const uri = activeDocument()?.uri;
  return scheme === undefined || uri?.scheme === scheme ? uri : undefined;
}

/** The tenant that the document is of; undefined for a document that is not ours. */
export function tenantOfActive(): TenantDomain | undefined {
  const uri = activeUri();
  return uri && tenantOfUri(uri);
}

export function isActive(uri: vscode.Uri): boolean {
  return activeUri()?.toString() === uri.toString();
}

export function onDidChangeActiveDocument(listener: () => void): vscode.Disposable {
  return vscode.window.onDidChangeActiveTextEditor(() => listener());
}
