// Shows the problems of open documents as diagnostics on their exact range.
import * as vscode from 'vscode';
import { parsed } from '../documents/parsed';
import { problemWords } from '../documents/problemWords';
import { USER_SCHEME } from '../documents/uris';

const SOURCE = 'Auth0';
/** A document is checked when typing pauses for this long: checking a large one on each key would slow typing down. */
const PAUSE_MS = 150;

export class Diagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('auth0-metadata');
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #subscription: vscode.Disposable;

  constructor() {
    for (const document of vscode.workspace.textDocuments) this.#check(document);
    this.#subscription = vscode.Disposable.from(
      this.#collection,
      vscode.workspace.onDidOpenTextDocument(document => this.#check(document)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (document.uri.scheme !== USER_SCHEME || !contentChanges.length) return;
        const key = document.uri.toString();
        clearTimeout(this.#timers.get(key));
        this.#timers.set(
          key,
          setTimeout(() => this.#check(document), PAUSE_MS),
        );
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        clearTimeout(this.#timers.get(uri.toString()));
        this.#timers.delete(uri.toString());
        this.#collection.delete(uri);
      }),
    );
  }

  /** Shows the service's refusal on the key that it names, until the text changes. */
  refuse(document: vscode.TextDocument, path: readonly string[], message: string): void {
    const range = parsed(document).rangeOf(path);
    if (!range) return;
    this.#collection.set(document.uri, [diagnostic(range, message)]);
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#subscription.dispose();
  }

  #check(document: vscode.TextDocument): void {
    if (document.uri.scheme !== USER_SCHEME || document.isClosed) return;
    const { problems } = parsed(document).exact;
    this.#collection.set(
      document.uri,
      problems.map(problem =>
        diagnostic(
          new vscode.Range(document.positionAt(problem.offset), document.positionAt(problem.end)),
          problemWords(problem),
        ),
      ),
    );
  }
}

function diagnostic(range: vscode.Range, message: string): vscode.Diagnostic {
  const result = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
  result.source = SOURCE;
  return result;
}
