// The server's side of a diff: the document as it was on the server when it was read, fixed and read-only.
import * as vscode from 'vscode';
import { formatDocument, type UserMetadata } from '../metadata/document';
import type { OpenUser } from './openUser';
import { SERVER_SCHEME, toUserUri } from './userUri';

export class Snapshots implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #subscription: vscode.Disposable;
  #count = 0;

  constructor() {
    this.#subscription = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(SERVER_SCHEME, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  /** The URI of a document that shows `metadata`. */
  add(user: OpenUser, metadata: UserMetadata): vscode.Uri {
    const uri = toUserUri(user.identity, user.label, SERVER_SCHEME).with({ query: String(++this.#count) });
    this.#texts.set(uri.toString(), formatDocument(metadata));
    return uri;
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}
