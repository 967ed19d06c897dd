// Recognizes text that *Save As* has copied from one document into another.
import * as vscode from 'vscode';
import { jsonEqual } from '../../json/equal';
import { activeDocument } from '../activeDocument';
import { applyEdits } from '../applyEdits';
import { parsed } from '../parsed';
import type { OpenUser } from './openUser';
import { hasTab } from './tabs';

/**
 * *Save As* opens its target: another user, the same user under a second name, or another draft. It replaces the
 * target's text by the text of the active document and saves that, while the source stays active. Such a text is not an
 * edit of what the target held before.
 */
export class Strangers implements vscode.Disposable {
  /**
   * Documents that were given the text of the active one, and whether a tab showed them at that time. A tab that
   * appears later does not count: VS Code gives every unsaved document one, even before a slow *Save As* has ended. A
   * reformatted copy is still a copy. If a copy was `seen` and its values change later, the text is the document's own.
   */
  readonly #copies = new Map<string, 'unseen' | 'seen'>();
  readonly #subscription: vscode.Disposable;

  constructor(scheme: string) {
    this.#subscription = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document.uri.scheme !== scheme || !contentChanges.length) return;
      const front = activeDocument();
      if (front === document) this.forget(document.uri);
      else if (front?.getText() === document.getText()) {
        this.#copies.set(document.uri.toString(), isInSight(document.uri) ? 'seen' : 'unseen');
      } else if (this.copied(document.uri) === 'seen' && !(front && holdSame(front, document)))
        this.forget(document.uri);
    });
  }

  /**
   * Whether the document holds a copy of the active document's text, and nobody has typed into it since. `unseen`: no
   * tab showed it, as with *Save As*. `seen`: a tab showed it, as when a script gives several users the same text.
   */
  copied(uri: vscode.Uri): 'unseen' | 'seen' | undefined {
    return this.#copies.get(uri.toString());
  }

  /** Call when the document's text is its own again, or when the user has allowed the copy. */
  forget(uri: vscode.Uri): void {
    this.#copies.delete(uri.toString());
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

/** Restores the document's own text if it still holds `copied`. Otherwise VS Code would keep the copy open, unsaved. */
export async function takeBack({ document, session }: OpenUser, copied: string): Promise<void> {
  const own = session.text;
  if (own === undefined || document?.getText() !== copied) return;
  const edit = { offset: 0, end: copied.length, text: own };
  if ((await applyEdits(document, [edit])) === own) await document.save();
}

function holdSame(a: vscode.TextDocument, b: vscode.TextDocument): boolean {
  const [one, other] = [a, b].map(document => parsed(document).exact.value);
  return one !== undefined && other !== undefined && jsonEqual(one, other);
}

function isInSight(uri: vscode.Uri): boolean {
  const wanted = uri.toString();
  return hasTab(uri) || vscode.window.visibleTextEditors.some(({ document }) => document.uri.toString() === wanted);
}
