// Texts that Save As has put into a user's document: they are another user's, or another document's of the same.
import * as vscode from 'vscode';
import { inSentence } from '../metadata/visibleText';
import { applyEdits } from './applyEdits';
import type { OpenUser } from './openUser';
import { refusal } from './refusal';
import { hasTab } from './tabs';
import { USER_SCHEME } from './userUri';

/**
 * *Save As* stays among our documents: it opens that of another user, or of the same one under a second name, replaces its
 * text by the one in front, and saves that. Such a text has not grown from what the document held.
 */
export class Strangers {
  /** By document: what was refused is refused until the document shows something else. */
  readonly #refused = new Map<string, string>();

  /** Undefined for a text that is the document's own. */
  refusalOf(uri: vscode.Uri, text: string): Error | undefined {
    const key = uri.toString();
    const front = vscode.window.activeTextEditor?.document;
    const isCopy = front?.uri.scheme === USER_SCHEME && front.uri.toString() !== key && front.getText() === text;
    if (isInSight(uri) && !isCopy && this.#refused.get(key) !== text) {
      this.#refused.delete(key);
      return undefined;
    }
    this.#refused.set(key, text);
    const name = inSentence(uri.path.slice(uri.path.lastIndexOf('/') + 1), 60);
    return refusal(
      vscode.l10n.t(
        'Nothing was sent: {0} stands for a user on the server. To keep the text, use Save a Copy to Disk….',
        name,
      ),
    );
  }
}

/** Gives a document that nobody looks at its own text again: VS Code would open it with the other one, to be saved. */
export async function takeBack({ document, session, uri }: OpenUser): Promise<void> {
  const own = session.text;
  if (!document || own === undefined || isInSight(uri)) return;
  const edit = { offset: 0, end: document.getText().length, text: own };
  if ((await applyEdits(document, [edit])) === own) await document.save();
}

function isInSight(uri: vscode.Uri): boolean {
  const wanted = uri.toString();
  return hasTab(uri) || vscode.window.visibleTextEditors.some(({ document }) => document.uri.toString() === wanted);
}
