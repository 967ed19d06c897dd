// The one window of the stand-in: its documents, and what it shows and is told. Tests reset it.
import { EventEmitter } from './events';
import { ExtensionReferences } from './extensionReferences';
import { type Message, Messages } from './messages';
import { type TabChange, TabInputText, TabInputTextDiff, Tabs } from './tabs';
import { applyReplacements, Range, type Replacement } from './text';
import type { TextDocument } from './textDocument';
import { type Backup, type ChangeReason, type FileProvider, hop, type SaveReason, type TextFile } from './textFile';
import { TextFiles } from './textFiles';
import type { UriLike } from './uri';
import { type WillSaveEvent, willSave } from './willSave';

type Provider = FileProvider & {
  onDidChangeFile(listener: (events: readonly { uri: UriLike }[]) => unknown): { dispose(): unknown };
};

const PARTICIPANTS = 3;

type Edits = ReadonlyMap<string, { readonly uri: UriLike; readonly replacements: readonly Replacement[] }>;

export interface TextChange {
  readonly document: TextDocument;
  readonly contentChanges: readonly { readonly range: Range; readonly text: string }[];
  readonly reason: ChangeReason | undefined;
}

/**
 * The life of a document, beside what TextFile says of its text:
 *
 *     not open ──open──▶ in a tab ──its last tab closed──▶ kept, while an extension holds it ──letGo──▶ gone (isClosed)
 *                          ▲  ▲                              │                                            │
 *                          │  └── reopened: looked at again ─┘                                            │
 *                          └── reopened: read anew, another document ─────────────────────────────────────┘
 *
 * - `open` is what an extension does, and holds the document afterwards; `openTab` what the Explorer does, and does not.
 *   Asking for a document that is open holds nothing. Three minutes later, or after 60 other documents, it is let go.
 * - A comparison shows its documents as a tab does; a document may be open in nothing else.
 * - `restore`: back from hot exit, dirty, and neither `stat` nor `readFile` was called.
 * - `setLanguage` tells of a close and an open of the document, which is open all the while; text and dirty state stay.
 * - A second URI is another document, whatever the provider makes of it.
 * - `writeFile` is that of another extension: the provider is called, and no document notices.
 * - Dirty documents that no tab shows get one, a second later: `secondPasses`.
 * - An event of the provider takes a turn to arrive: `beforeFileEvent` runs before it does.
 */
export class Window {
  readonly messages: Messages['all'];
  /** Commands of VS Code that were called, such as `vscode.diff`. */
  readonly executed: { readonly command: string; readonly args: readonly unknown[] }[] = [];
  readonly settings = new Map<string, unknown>();
  readonly commands = new Map<string, (...args: readonly unknown[]) => unknown>();
  /** Called once, while an event of a provider is on its way: a person may type there. */
  beforeFileEvent: (() => void) | undefined;
  languageOf: (uri: UriLike) => string = () => 'auth0-metadata';

  readonly willSaveText = new EventEmitter<WillSaveEvent>();
  readonly didChangeText = new EventEmitter<TextChange>();
  readonly didOpenText = new EventEmitter<TextDocument>();
  readonly didSaveText = new EventEmitter<TextDocument>();
  readonly didCloseText = new EventEmitter<TextDocument>();
  readonly didChangeTabs = new EventEmitter<TabChange>();
  readonly didChangeActiveEditor = new EventEmitter<{ document: TextDocument } | undefined>();
  readonly didChangeState = new EventEmitter<{ focused: boolean }>();
  readonly didChangeSettings = new EventEmitter<unknown>();

  readonly #providers = new Map<string, Provider>();
  readonly #shownMessages = new Messages();
  readonly #texts: TextFiles;
  readonly #tabs: Tabs;
  readonly #extensions = new ExtensionReferences();

  constructor() {
    this.messages = this.#shownMessages.all;
    this.#texts = new TextFiles({
      provider: uri => this.#providers.get(uri.scheme),
      languageOf: uri => this.languageOf(uri),
      opened: file => this.didOpenText.fire(file.document),
      closed: file => this.didCloseText.fire(file.document),
      changed: ({ document }, text, reason) => this.#tellChanged(document, text, reason),
      dirtyChanged: file => this.#dirtyChanged(file),
      willSave: (file, reason) => this.#willSave(file, reason),
      saved: file => this.#saved(file),
    });
    this.#tabs = new Tabs(this.#texts, change => this.#tabsChanged(change));
  }

  /** Answers a message; undefined closes it. */
  get answer(): Messages['answer'] {
    return this.#shownMessages.answer;
  }

  set answer(answer: Messages['answer']) {
    this.#shownMessages.answer = answer;
  }

  get documents(): TextDocument[] {
    return this.#texts.open.map(({ document }) => document);
  }

  get tabs() {
    return this.#tabs.group.tabs;
  }

  get tabGroup() {
    return this.#tabs.group;
  }

  get activeEditor(): { document: TextDocument } | undefined {
    const input = this.#tabs.group.activeTab?.input;
    const uri = input instanceof TabInputTextDiff ? input.modified : input?.uri;
    const document = uri && this.file(uri)?.document;
    return document && { document };
  }

  /** The working copy behind a document that is open. */
  file(uri: UriLike): TextFile | undefined {
    const file = this.#texts.all.get(uri.toString());
    return file?.isOpen ? file : undefined;
  }

  registerProvider(scheme: string, provider: Provider): { dispose(): unknown } {
    this.#providers.set(scheme, provider);
    const subscription = provider.onDidChangeFile(events => {
      for (const { uri } of events) void this.#texts.inBackground(this.#fileChanged(uri));
    });
    return {
      dispose: () => {
        subscription.dispose();
        if (this.#providers.get(scheme) === provider) this.#providers.delete(scheme);
      },
    };
  }

  /** As an extension opens and shows a document, which it then holds. */
  async open(uri: UriLike): Promise<TextFile> {
    await this.openDocument(uri);
    return this.openTab(uri);
  }

  /** workspace.openTextDocument: without a tab. */
  async openDocument(uri: UriLike): Promise<TextDocument> {
    const known = this.file(uri);
    if (known) return known.document;
    const reference = await this.#texts.acquire(uri);
    this.#extensions.add(reference);
    return reference.file.document;
  }

  /** As a click in the Explorer, or the command `vscode.open`. */
  async openTab(uri: UriLike): Promise<TextFile> {
    await this.#tabs.open(new TabInputText(uri), labelOf(uri));
    const file = this.file(uri);
    if (!file) throw new Error(`${uri} is not open`);
    return file;
  }

  async openDiff(original: UriLike, modified: UriLike, title: string = ''): Promise<void> {
    await this.#texts.inBackground(this.#tabs.open(new TabInputTextDiff(original, modified), title));
  }

  /** Back from hot exit in a tab. */
  async restore(uri: UriLike, backup: Backup): Promise<TextFile> {
    const file = this.#texts.create(uri);
    file.restore(backup);
    // Said twice, as there are two that say it.
    this.#dirtyChanged(file);
    return this.openTab(uri);
  }

  /**
   * *Don't Save* where there is unsaved text: it is reverted first. False where the tab stays, because somebody has typed
   * while it was. *Save* is a save before.
   */
  async closeTab(uri: UriLike): Promise<boolean> {
    const file = this.#tabs.has(uri) ? this.file(uri) : undefined;
    if (file?.isDirty) await file.revert();
    if (file?.isDirty) return false;
    this.#tabs.close(new TabInputText(uri));
    await this.settled();
    return true;
  }

  async closeDiff(original: UriLike, modified: UriLike): Promise<void> {
    this.#tabs.close(new TabInputTextDiff(original, modified));
    await this.settled();
  }

  hasTab(uri: UriLike): boolean {
    return this.#tabs.has(uri);
  }

  /** Three minutes pass: extensions hold no document any more. */
  async letGo(): Promise<void> {
    this.#extensions.clear();
    await this.settled();
  }

  /** Unsaved text that no tab shows gets one. */
  async secondPasses(): Promise<void> {
    for (const { isDirty, document } of this.#texts.open) {
      if (!isDirty || this.#tabs.shows(document.uri)) continue;
      await this.#tabs.openBehind(new TabInputText(document.uri), labelOf(document.uri));
    }
  }

  /** The window comes to the front: what it shows is looked at again. */
  async focused(): Promise<void> {
    for (const { input } of this.tabs.filter(({ isActive }) => isActive)) {
      const uri = input instanceof TabInputText ? input.uri : input.modified;
      if (this.file(uri)) await this.#texts.resolve(uri, true);
    }
    this.didChangeState.fire({ focused: true });
  }

  async setLanguage(document: TextDocument, languageId: string): Promise<TextDocument> {
    const reference = await this.#texts.acquire(document.uri);
    await hop();
    if (document.languageId !== languageId) {
      this.didCloseText.fire(document);
      document.languageId = languageId;
      this.didOpenText.fire(document);
    }
    reference.dispose();
    return document;
  }

  /** workspace.fs.writeFile of any extension. */
  async writeFile(uri: UriLike, content: Uint8Array): Promise<void> {
    await hop();
    await this.#providers.get(uri.scheme)?.writeFile(uri, content, { create: true, overwrite: true });
  }

  /** Everything in it is gone, as when the window is closed. Providers stay. */
  clear(): void {
    this.#texts.clear();
    this.#tabs.clear();
    this.#extensions.forget();
    this.messages.length = 0;
    this.executed.length = 0;
    this.settings.clear();
    this.commands.clear();
    this.answer = () => undefined;
    this.beforeFileEvent = undefined;
  }

  /** False where a document was changed while the edit was on its way. */
  applyEdit(edits: Edits): Promise<boolean> {
    return this.#texts.inBackground(this.#applyEdit(edits)).catch(() => false);
  }

  /** An edit of the whole document. */
  replaceText(uri: UriLike, text: string): Promise<boolean> {
    const document = this.file(uri)?.document;
    const end = document?.positionAt(document.text.length) ?? { line: 0, character: 0 };
    const range = new Range({ line: 0, character: 0 }, end);
    return this.applyEdit(new Map([[uri.toString(), { uri, replacements: [{ range, text }] }]]));
  }

  show(kind: Message['kind'], text: string, buttons: readonly unknown[]): string | undefined {
    return this.#shownMessages.show(kind, text, buttons);
  }

  /** Once everything that goes on by itself has ended: reloads, and documents that go. */
  async settled(): Promise<void> {
    await this.#texts.settled();
  }

  async #applyEdit(edits: Edits): Promise<boolean> {
    const versions = Array.from(edits.values(), ({ uri }) => this.file(uri)?.document.version);
    await hop();
    const references = await Promise.all(Array.from(edits.values(), ({ uri }) => this.#texts.acquire(uri)));
    try {
      const isStale = references.some(
        ({ file }, i) => file.document.version !== (versions[i] ?? file.document.version),
      );
      if (isStale) return false;
      for (const { file } of references) {
        const replacements = edits.get(file.document.uri.toString())?.replacements ?? [];
        const text = applyReplacements(file.document.text, replacements);
        // In the editor in front, only what differs is edited.
        if (text !== file.document.text || this.activeEditor?.document !== file.document) file.type(text);
      }
      return true;
    } finally {
      for (const reference of references) reference.dispose();
    }
  }

  async #fileChanged(uri: UriLike): Promise<void> {
    await hop();
    const run = this.beforeFileEvent;
    this.beforeFileEvent = undefined;
    run?.();
    this.#texts.changed(uri);
  }

  async #willSave(file: TextFile, reason: SaveReason): Promise<void> {
    // VS Code's own participants, such as the one that formats, come first.
    for (let before = 0; before < PARTICIPANTS; before++) await hop();
    if (file.isGone) return;
    const replacements = await willSave(this.willSaveText, file.document, reason);
    const { uri } = file.document;
    if (replacements.length) await this.#applyEdit(new Map([[uri.toString(), { uri, replacements }]]));
    await hop();
  }

  /** VS Code tells of this as of a change of the text. */
  #dirtyChanged(file: TextFile): void {
    this.#tellDirty(file, file.isDirty);
    this.#tabs.dirtyChanged(file.document.uri);
    if (!file.isDirty) this.#texts.cleaned(file);
  }

  #saved(file: TextFile): void {
    this.#tellDirty(file, false);
    this.didSaveText.fire(file.document);
  }

  #tellDirty({ document }: TextFile, dirty: boolean): void {
    document.isDirty = dirty;
    this.#tellChanged(document, false);
  }

  #tellChanged(document: TextDocument, text: boolean, reason?: ChangeReason): void {
    const { text: now } = document;
    const whole = new Range({ line: 0, character: 0 }, document.positionAt(now.length));
    this.didChangeText.fire({ document, contentChanges: text ? [{ range: whole, text: now }] : [], reason });
  }

  #tabsChanged(change: TabChange): void {
    this.didChangeTabs.fire(change);
    if (change.opened.length || change.closed.length) this.didChangeActiveEditor.fire(this.activeEditor);
  }
}

function labelOf({ path }: UriLike): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export class WorkspaceEdit {
  readonly edits = new Map<string, { uri: UriLike; replacements: Replacement[] }>();

  replace(uri: UriLike, range: Range, text: string): void {
    const entry = this.edits.get(uri.toString()) ?? { uri, replacements: [] };
    entry.replacements.push({ range, text });
    this.edits.set(uri.toString(), entry);
  }
}

export { TabInputText, TabInputTextDiff };
export const shown = new Window();
