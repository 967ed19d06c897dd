// One user's documents in VS Code, as a person uses them; whatever VS Code tells of them goes to the judge.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type Metadata, metadataIn } from '../../reliability/model/plain';
import { activate, isDirty, isSame, roundTrips, tabs, uriOf } from '../documentLife';
import { isTyped, until } from '../support';
import type { Judge } from './judge';

/** A reload may come in between an edit and its arrival; more often than this it does not. */
const MAX_TRIES = 20;

export class Editor implements vscode.Disposable {
  /** What must not happen at any time, found in an event. */
  readonly violations: string[] = [];
  readonly #judge: Judge;
  readonly #isOurs: (uri: vscode.Uri) => boolean;
  readonly #note: (what: string) => void;
  readonly #patienceMs: number | undefined;
  readonly #subscription: vscode.Disposable;
  /** The text that a person's edit is to make, and whether another may come because it was asked for. */
  #intended: { readonly document: vscode.TextDocument; readonly text: string } | undefined;
  #awaited: boolean = false;
  #typing: Promise<unknown> = Promise.resolve();

  constructor(judge: Judge, isOurs: (uri: vscode.Uri) => boolean, note: (what: string) => void, patienceMs?: number) {
    this.#judge = judge;
    this.#isOurs = isOurs;
    this.#note = note;
    this.#patienceMs = patienceMs;
    this.#subscription = vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument(document => {
        if (isOurs(document.uri)) judge.of(document);
      }),
      vscode.workspace.onDidChangeTextDocument(event => {
        if (isOurs(event.document.uri) && event.contentChanges.length) this.#changed(event);
      }),
    );
  }

  /** The documents that a tab shows. */
  get documents(): readonly vscode.TextDocument[] {
    return vscode.workspace.textDocuments.filter(
      ({ uri }) => this.#isOurs(uri) && tabs().some(tab => isSame(uriOf(tab), uri)),
    );
  }

  pick(on: number): vscode.TextDocument | undefined {
    const { documents } = this;
    return documents[on % Math.max(1, documents.length)];
  }

  /** Sets the text to that of what `change` makes of the metadata, and gives it; an edit on top of what is shown now. */
  type(document: vscode.TextDocument, change: (metadata: Metadata) => Metadata): Promise<void> {
    const typing = this.#typing.then(() => this.#type(document, change));
    // A person has two hands and one keyboard.
    this.#typing = typing.catch(() => undefined);
    return typing;
  }

  async #type(document: vscode.TextDocument, change: (metadata: Metadata) => Metadata): Promise<void> {
    for (let i = 0; i < MAX_TRIES; i++) {
      const shown = metadataIn(document.getText());
      assert(shown);
      const text = format(change(shown));
      if (text === document.getText()) return;
      this.#judge.of(document);
      this.#intended = { document, text };
      const applied = await isTyped(document, text);
      // The same text may come to another document, or later, by a reload.
      this.#intended = undefined;
      if (applied) return;
    }
    assert.fail('VS Code takes no edit');
  }

  /** Once nobody types any more, and VS Code has told of it. */
  async typed(): Promise<void> {
    await this.#typing;
    await roundTrips(1);
  }

  /** Undoes one edit, be it one that a reload has made. */
  async undo(document: vscode.TextDocument): Promise<void> {
    await activate(document.uri);
    await vscode.commands.executeCommand('undo');
    await roundTrips(1);
    if (!isDirty(document.uri) && !document.isDirty) this.#judge.cleanAgain(document);
  }

  async revert(document: vscode.TextDocument): Promise<void> {
    await activate(document.uri);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await this.look(document);
    assert(!isDirty(document.uri), 'a document that was reverted is clean');
  }

  /** What the extension puts into unsaved text until `isThere`, because it was asked to. */
  async edited(isThere: () => boolean): Promise<void> {
    try {
      await until(anyEvent, 'the comparison brings the text up to date', isThere, this.#patienceMs);
    } finally {
      this.#awaited = false;
    }
  }

  /** From here on the extension may put something into unsaved text. */
  awaitEdits(): void {
    this.#awaited = true;
  }

  /** Once VS Code has told all: a document that became clean without a change of its text. */
  async look(document: vscode.TextDocument): Promise<void> {
    await roundTrips(1);
    if (!isDirty(document.uri) && !document.isDirty) this.#judge.clean(document);
  }

  /** Whatever is on its way arrives, and clean documents show what they must. */
  async settle(): Promise<void> {
    await roundTrips(1);
    for (const document of this.documents) {
      const seen = this.#judge.of(document);
      const isSettled = () => isDirty(document.uri) || this.#judge.isUpToDate({ ...seen, text: document.getText() });
      await until(anyEvent, `${document.uri.path} shows what the server holds`, isSettled, this.#patienceMs);
      if (!isDirty(document.uri)) seen.due = undefined;
    }
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** VS Code tells of a change with what the document was before it: unsaved, or clean. */
  #changed({ document, reason }: vscode.TextDocumentChangeEvent): void {
    const text = document.getText();
    if (reason !== undefined) {
      const how = reason === vscode.TextDocumentChangeReason.Undo ? 'undo' : 'redo';
      this.#tell(how, text);
      this.#judge.stepped(document, how);
    } else if (document === this.#intended?.document && text === this.#intended.text) {
      this.#tell('typed', text);
      this.#judge.of(document).text = text;
    } else if (!document.isDirty || !this.#judge.hasTyped(document)) {
      // A clean document that VS Code was made to save, and was refused, is unsaved in name only: a reload comes through.
      this.#tell('reloaded', text);
      this.#judge.clean(document);
    } else if (this.#awaited) this.#tell('merged', text);
    else this.violations.push(`unsaved text was changed by nobody:\n${text}`);
  }

  #tell(what: string, text: string): void {
    this.#note(`  ${what}: ${text.replace(/\s+/g, '')}`);
  }
}

/** Of text, of tabs. */
const anyEvent: vscode.Event<unknown> = listener =>
  vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(listener),
    vscode.window.tabGroups.onDidChangeTabs(listener),
  );

export function format(metadata: Metadata): string {
  return `${JSON.stringify(metadata, null, 2)}\n`;
}
