// Tells which file writes a person asked for. Only these may send anything.
import * as vscode from 'vscode';
import { refusal } from '../refusal';

/** One save that VS Code has announced. */
interface Announced {
  readonly isManual: boolean;
  readonly isUtf8: boolean;
  readonly atMs: number;
  /** The document's text at the announcement and after each change since. VS Code writes one of them. */
  readonly texts: string[];
  isTaken: boolean;
}

/** Longer than formatters and other save participants may delay the write. */
const MAX_WAIT_MS = 60_000;

/** Format on Save, or a person who goes on typing, produces a few texts between the announcement and the write. */
const TEXTS_KEPT = 16;

const encoder = new TextEncoder();

/**
 * VS Code only tells a provider "write this". Tasks, auto save, other extensions and *Save without Formatting* all end
 * in the same call. The will-save event tells them apart: it carries the reason, see `vscode.TextDocumentSaveReason`,
 * and comes before the write of every save that does not skip it.
 */
export class ManualSaves implements vscode.Disposable {
  readonly #announced = new Map<string, Announced>();
  readonly #subscription: vscode.Disposable;

  constructor(schemes: readonly string[]) {
    const isOurs = ({ uri }: vscode.TextDocument) => schemes.includes(uri.scheme);
    this.#subscription = vscode.Disposable.from(
      vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
        if (!isOurs(document)) return;
        this.#announced.set(document.uri.toString(), {
          isManual: reason === vscode.TextDocumentSaveReason.Manual,
          isUtf8: document.encoding.startsWith('utf8'),
          atMs: performance.now(),
          texts: [document.getText()],
          isTaken: false,
        });
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        const announced = this.#announced.get(document.uri.toString());
        if (!announced || announced.isTaken) return;
        announced.texts.push(document.getText());
        if (announced.texts.length > TEXTS_KEPT) announced.texts.shift();
      }),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => this.ended(uri)),
    );
  }

  /** Whether a save of the document was announced and has not ended. */
  isUnderWay(uri: vscode.Uri): boolean {
    return this.#of(uri) !== undefined;
  }

  /**
   * Returns the document text that `content` encodes. Each announcement allows one write.
   *
   * @throws the error for VS Code if nobody asked for this write, or if it is not what the document shows
   */
  take(uri: vscode.Uri, content: Uint8Array): string {
    const announced = this.#of(uri);
    const text = announced?.texts.findLast(shown => isEncoded(shown, content));
    if (!announced || announced.isTaken || (text === undefined && announced.isUtf8)) {
      // Does not call `ended`: if a save was announced, its own write is still to come.
      throw refusal(
        vscode.l10n.t('Nothing was sent: only Save in the editor of this document sends. The text is kept, use Save.'),
      );
    }
    announced.isTaken = true;
    if (announced.isManual && text !== undefined) return text;
    this.ended(uri);
    throw refusal(
      announced.isManual
        ? vscode.l10n.t(
            'Nothing was sent: the document has another encoding. Copy your text, use Revert File, then Reopen with Encoding, UTF-8.',
          )
        : vscode.l10n.t('Nothing was sent: metadata is not saved automatically. The text is kept, use Save.'),
    );
  }

  /** Call when the save has ended, with or without success. */
  ended(uri: vscode.Uri): void {
    this.#announced.delete(uri.toString());
  }

  /** VS Code does not report the end of a save that it stopped before the write, so announcements expire. */
  #of(uri: vscode.Uri): Announced | undefined {
    const announced = this.#announced.get(uri.toString());
    const isOver = announced && !announced.isTaken && performance.now() - announced.atMs > MAX_WAIT_MS;
    return isOver ? undefined : announced;
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

/**
 * Compares bytes instead of decoding them: half a surrogate pair does not survive UTF-8, and it must be found in the
 * document's own text. A byte order mark in front is part of the encoding.
 */
function isEncoded(text: string, content: Uint8Array): boolean {
  const bytes = encoder.encode(text);
  const mark = content.length === bytes.length + 3 && content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf;
  return Buffer.compare(bytes, mark ? content.subarray(3) : content) === 0;
}
