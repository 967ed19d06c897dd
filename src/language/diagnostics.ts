// Shows the problems of open documents as diagnostics on their exact range.
import * as vscode from 'vscode';
import { parsed } from '../documents/parsed';
import { problemWords } from '../documents/problemWords';
import { isEdited, USER_SCHEME } from '../documents/uris';
import type { DocumentProblem } from '../metadata/document';
import { type NewUserProblem, toCreateBody } from '../metadata/newUser';

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
        if (!isEdited(document.uri) || !contentChanges.length) return;
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
    if (!isEdited(document.uri) || document.isClosed) return;
    this.#collection.set(
      document.uri,
      problemsOf(document).map(problem =>
        diagnostic(
          new vscode.Range(document.positionAt(problem.offset), document.positionAt(problem.end)),
          problemWords(problem),
        ),
      ),
    );
  }
}

/** What would refuse a save of the document, or the creation of the user in a draft. */
function problemsOf(document: vscode.TextDocument): readonly (DocumentProblem | NewUserProblem)[] {
  if (document.uri.scheme === USER_SCHEME) return parsed(document).exact.problems;
  const read = toCreateBody(document.getText());
  return 'problems' in read ? read.problems : [];
}

function diagnostic(range: vscode.Range, message: string): vscode.Diagnostic {
  const result = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
  result.source = SOURCE;
  return result;
}
