// Problems of the open documents as diagnostics on their exact range.
import * as vscode from 'vscode';
import { problemWords } from '../documents/problemWords';
import { USER_SCHEME } from '../documents/uris';
import { parseJson } from '../json/parse';
import { findMember, type JsonValue } from '../json/value';
import { parseDocument } from '../metadata/document';

const SOURCE = 'Auth0';
/** Typing faster than this is checked once it pauses, so that a large document does not slow it down. */
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

  /** Puts the service's refusal on the key that it names, until the text changes. */
  refuse(document: vscode.TextDocument, path: readonly string[], message: string): void {
    const { value } = parseJson(document.getText());
    const range = value && rangeOf(document, value, path);
    if (!range) return;
    this.#collection.set(document.uri, [diagnostic(range, message)]);
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#subscription.dispose();
  }

  #check(document: vscode.TextDocument): void {
    if (document.uri.scheme !== USER_SCHEME || document.isClosed) return;
    const { problems } = parseDocument(document.getText());
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

/** The range of the key at `path`, or of the nearest key above it that is there. */
function rangeOf(document: vscode.TextDocument, root: JsonValue, path: readonly string[]): vscode.Range | undefined {
  let at: JsonValue | undefined = root;
  let range: vscode.Range | undefined;
  for (const key of path) {
    const member: ReturnType<typeof findMember> = at?.type === 'object' ? findMember(at, key) : undefined;
    if (!member) break;
    range = new vscode.Range(document.positionAt(member.keyOffset), document.positionAt(member.keyEnd));
    at = member.value;
  }
  return range;
}
