// Shows a past save as a diff: left is what the server held before it, right is what it held afterwards.
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { HISTORY_SCHEME, toUri } from '../../documents/uris';
import type { SaveRecord } from '../../history/saveRecord';
import { formatDocument } from '../../metadata/document';
import { isolated, visibleText } from '../../text/visibleText';

export class HistoryDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #records = new Map<string, SaveRecord>();

  provideTextDocumentContent(uri: vscode.Uri): string {
    const record = this.recordOf(uri);
    if (!record)
      return `// ${vscode.l10n.t('This save was opened in an earlier window. Show Save History opens it again.')}\n`;
    return formatDocument(uri.query === 'before' ? record.before : record.after);
  }

  /** The save that a side of an open diff shows. */
  recordOf(uri: vscode.Uri): SaveRecord | undefined {
    return uri.scheme === HISTORY_SCHEME ? this.#records.get(uri.fragment) : undefined;
  }

  async show(record: SaveRecord): Promise<void> {
    // Tabs outlive the extension host: an old tab's fragment must never name another save.
    const fragment = randomUUID();
    this.#records.set(fragment, record);
    const label = visibleText(record.label, 60);
    const side = (query: string) => toUri(record, record.label, HISTORY_SCHEME).with({ query, fragment });
    const title = vscode.l10n.t(
      '{0}: save of {1}',
      isolated(label),
      new Date(record.savedAtMs).toLocaleString(vscode.env.language),
    );
    await vscode.commands.executeCommand('vscode.diff', side('before'), side('after'), title, { preview: true });
  }

  dispose(): void {
    this.#records.clear();
  }
}
