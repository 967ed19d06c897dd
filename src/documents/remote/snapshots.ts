// Read-only texts beside a document: the server's side of a comparison, the states that a merge is made of, a request.
import * as vscode from 'vscode';

/** Enough for every comparison that is open; those that were closed go first. */
const KEPT = 50;

export class Snapshots implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();

  readonly onDidChange = this.#changed.event;

  provideTextDocumentContent(uri: vscode.Uri): string {
    const ended = vscode.l10n.t('This text belongs to an earlier window. Close the editor, and compare again.');
    return this.#texts.get(uri.toString()) ?? `// ${ended}\n`;
  }

  /** Gives the document of `uri` this text, also where it is open already. */
  set(uri: vscode.Uri, text: string): void {
    const key = uri.toString();
    this.#texts.delete(key);
    this.#texts.set(key, text);
    for (const oldest of this.#texts.keys()) {
      if (this.#texts.size <= KEPT) break;
      this.#texts.delete(oldest);
    }
    this.#changed.fire(uri);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
