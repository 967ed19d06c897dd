// The one window of the stand-in: its documents, and what it shows and is told. Tests reset it.
import { EventEmitter } from './events';
import { ExtensionReferences } from './extensionReferences';
import { hop } from './fileProvider';
import { type Provider, Providers } from './providers';
import { SAVE_REASON, type SaveReason } from './saving';
import { Shell } from './shell';
import { type TabChange, TabInputText, TabInputTextDiff, Tabs } from './tabs';
import { Telling } from './telling';
import type { TextDocument } from './textDocument';
import { TextEditor } from './textEditor';
import type { Backup, TextFile } from './textFile';
import { TextFiles } from './textFiles';
import type { UriLike } from './uri';
import { applyEdits, type Edits } from './workspaceEdit';

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
 * - `restore`: back from hot exit, dirty, and neither `stat` nor `readFile` was called; the stat that is known is the one of
 *   the window before. Read in VS Code's sources: no host test can close its own window. So is `focused`.
 * - `setLanguage` tells of a close and an open of the document, which is open all the while; text and dirty state stay.
 * - A second URI is another document, whatever the provider makes of it.
 * - `writeFile` is that of another extension: the provider is called, and no document notices.
 * - Dirty documents that no tab shows get one, a second later: `secondPasses`.
 * - An event of the provider takes a turn to arrive: `beforeFileEvent` runs before it does.
 */
export class Window extends Shell {
  /** Called once, while an event of a provider is on its way: a person may type there. */
  beforeFileEvent: (() => void) | undefined;
  languageOf: (uri: UriLike) => string = () => 'auth0-metadata';

  /** Events of documents. */
  readonly told: Telling;
  readonly didChangeTabs = new EventEmitter<TabChange>();
  readonly didChangeActiveEditor = new EventEmitter<TextEditor | undefined>();
  readonly didChangeState = new EventEmitter<{ focused: boolean }>();
  readonly didChangeSettings = new EventEmitter<unknown>();

  readonly #providers = new Providers(uri => void this.#texts.inBackground(this.#fileChanged(uri)));
  readonly #texts: TextFiles;
  readonly #tabs: Tabs;
  readonly #extensions = new ExtensionReferences();

  constructor() {
    super();
    this.told = new Telling((file, replacements) => {
      const { uri } = file.document;
      return this.applyEdit(new Map([[uri.toString(), { uri, replacements }]]));
    });
    this.#texts = new TextFiles({
      provider: uri => this.#providers.get(uri),
      languageOf: uri => this.languageOf(uri),
      opened: file => this.told.opened(file),
      closed: file => this.told.closed(file),
      textChanged: (file, reason) => this.told.textChanged(file, reason),
      dirtyChanged: file => this.#dirtyChanged(file),
      willSave: (file, reason) => this.told.willSave(file, reason),
      saved: file => this.told.saved(file),
    });
    this.#tabs = new Tabs(this.#texts, change => this.#tabsChanged(change));
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

  get activeEditor(): TextEditor | undefined {
    const input = this.#tabs.group.activeTab?.input;
    const uri = input instanceof TabInputTextDiff ? input.modified : input?.uri;
    const file = uri && this.file(uri);
    return file && new TextEditor(file, task => this.#texts.inBackground(task));
  }

  /** The working copy behind a document that is open. */
  file(uri: UriLike): TextFile | undefined {
    const file = this.#texts.all.get(uri.toString());
    return file?.isOpen ? file : undefined;
  }

  registerProvider(scheme: string, provider: Provider): { dispose(): unknown } {
    return this.#providers.register(scheme, provider);
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
  async openTab(uri: UriLike, isPreview: boolean = false): Promise<TextFile> {
    await this.#tabs.open(new TabInputText(uri), labelOf(uri), isPreview);
    const file = this.file(uri);
    if (!file) throw new Error(`${uri} is not open`);
    return file;
  }

  async openDiff(original: UriLike, modified: UriLike, title: string = ''): Promise<void> {
    await this.#texts.inBackground(this.#tabs.open(new TabInputTextDiff(original, modified), title));
  }

  /**
   * Back from hot exit in a tab: before extensions have started, who then find it there and dirty; or after, who are first
   * told that it is open and clean.
   */
  async restore(uri: UriLike, backup: Backup, when: 'before' | 'after' = 'after'): Promise<TextFile> {
    const file = this.#texts.create(uri);
    this.told.isEarly = when === 'before';
    file.restore(backup);
    // Said twice, as there are two that say it.
    this.#dirtyChanged(file);
    this.told.isEarly = false;
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

  /** *Save All*, or a save of what has unsaved text by itself. */
  async saveAll(reason: SaveReason = SAVE_REASON.Manual): Promise<void> {
    await Promise.all(this.#texts.open.filter(({ isDirty }) => isDirty).map(file => file.save({ reason })));
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
    if (document.languageId !== languageId) this.told.languageChanged(document, languageId);
    reference.dispose();
    return document;
  }

  /** workspace.fs.writeFile of any extension. */
  async writeFile(uri: UriLike, content: Uint8Array): Promise<void> {
    await hop();
    await this.#providers.get(uri)?.writeFile(uri, content, { create: true, overwrite: true });
  }

  /** Everything in it is gone, as when the window is closed. Providers stay. */
  override clear(): void {
    super.clear();
    this.#texts.clear();
    this.#tabs.clear();
    this.#extensions.forget();
    this.told.format = text => text;
    this.told.formatsFirst = true;
    this.beforeFileEvent = undefined;
  }

  /** False where a document was changed while the edit was on its way. */
  applyEdit(edits: Edits): Promise<boolean> {
    const isInFront = (document: TextDocument) => this.activeEditor?.document === document;
    return this.#texts.inBackground(applyEdits(this.#texts, edits, isInFront)).catch(() => false);
  }

  /** Once everything that goes on by itself has ended: reloads, and documents that go. */
  async settled(): Promise<void> {
    await this.#texts.settled();
  }

  async #fileChanged(uri: UriLike): Promise<void> {
    await hop();
    const run = this.beforeFileEvent;
    this.beforeFileEvent = undefined;
    run?.();
    this.#texts.changed(uri);
  }

  #dirtyChanged(file: TextFile): void {
    this.told.dirtyChanged(file);
    this.#tabs.dirtyChanged(file.document.uri);
    if (!file.isDirty) this.#texts.cleaned(file);
  }

  #tabsChanged(change: TabChange): void {
    this.didChangeTabs.fire(change);
    if (change.opened.length || change.closed.length) this.didChangeActiveEditor.fire(this.activeEditor);
  }
}

function labelOf({ path }: UriLike): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export const shown = new Window();
