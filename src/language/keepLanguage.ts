// Sets our language on documents that its file pattern does not match.
import * as vscode from 'vscode';
import { LANGUAGE_ID } from '../documents/uris';

/** The language's file pattern does not match IDs without a `|`. */
export function keepLanguage(schemes: readonly string[]): vscode.Disposable {
  const set = (document: vscode.TextDocument) => {
    const { scheme, path } = document.uri;
    if (!schemes.includes(scheme) || !path.endsWith('.json') || document.languageId === LANGUAGE_ID) return;
    void vscode.languages.setTextDocumentLanguage(document, LANGUAGE_ID);
  };
  vscode.workspace.textDocuments.forEach(set);
  return vscode.workspace.onDidOpenTextDocument(set);
}
