// Texts that Save As has put into a document of ours: they are another document's.

import * as vscode from 'vscode';
import { jsonEqual } from '../../json/equal';
import { activeDocument } from '../activeDocument';
import { applyEdits } from '../applyEdits';
import { parsed } from '../parsed';
import type { OpenUser } from './openUser';
import { hasTab } from './tabs';

/**
 * *Save As* opens the document of another user, or of the same one under a second name, or another draft, replaces its text by
 * the one in front, and saves that, while the other document stays in front. Such a text has not grown from what it held.
 */
export class Strangers implements vscode.Disposable {
  /**
   * Documents that were given the text of the one in front, and whether a tab showed them then: VS Code gives every unsaved
   * document a tab a little later, which a slow Save As lives to see. What a formatter makes of such a text is no other text;
   * one that a tab showed, and that holds other values since, is the document's own.
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
   * Whether the document was given the text of the one in front, and nobody has typed into it since: `unseen` where no tab
   * showed it, as with *Save As*; `seen` where one did, as when a script gives several users the same text.
   */
  copied(uri: vscode.Uri): 'unseen' | 'seen' | undefined {
    return this.#copies.get(uri.toString());
  }

  /** The document's text is its own again, or was allowed to be another's. */
  forget(uri: vscode.Uri): void {
    this.#copies.delete(uri.toString());
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

/** Gives a document that still has `copied` its own text again: VS Code would keep it open with the other one, to be saved. */
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
