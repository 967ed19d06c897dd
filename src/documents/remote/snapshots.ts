// Read-only texts that belong to a document: the server's side of a comparison, or the request of a save.
import * as vscode from 'vscode';

/** Enough for every open comparison. The texts that were set longest ago are dropped first. */
const KEPT = 50;

export class Snapshots implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();

  readonly onDidChange = this.#changed.event;

  provideTextDocumentContent(uri: vscode.Uri): string {
    const ended = vscode.l10n.t('This text belongs to an earlier window. Close the editor, and compare again.');
    return this.#texts.get(uri.toString()) ?? `// ${ended}\n`;
  }

  /** Sets the text of the document at `uri`, even if it is open already. */
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
