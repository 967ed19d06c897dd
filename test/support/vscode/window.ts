// The one window of the stand-in: what it shows of its documents, and is told. Tests reset it.
import { Documents } from './documents';
import { EventEmitter } from './events';
import { type TabChange, TabInputText, TabInputTextDiff, Tabs } from './tabs';
import type { TextDocument } from './textDocument';
import { TextEditor } from './textEditor';
import type { Backup, TextFile } from './textFile';
import type { UriLike } from './uri';

/**
 * The life of a document, beside what TextFile says of its text:
 *
 *     not open ──open──▶ in a tab ──its last tab closed──▶ kept, while an extension holds it ──letGo──▶ gone (isClosed)
 *                          ▲  ▲                              │                                            │
 *                          │  └── reopened: looked at again ─┘                                            │
 *                          └── reopened: read anew, another document ─────────────────────────────────────┘
 *
 * - `open` is what an extension does, and holds the document afterwards; `openTab` what the Explorer does, and does not.
 * - A comparison shows its documents as a tab does; a document may be open in nothing else.
 * - `restore`: back from hot exit, dirty, and neither `stat` nor `readFile` was called; the stat that is known is the one of
 *   the window before. Read in VS Code's sources: no host test can close its own window. So is `focused`.
 * - Dirty documents that no tab shows get one, a second later: `secondPasses`.
 */
export class Window extends Documents {
  readonly didChangeTabs = new EventEmitter<TabChange>();
  readonly didChangeActiveEditor = new EventEmitter<TextEditor | undefined>();
  readonly didChangeState = new EventEmitter<{ focused: boolean }>();
  readonly didChangeSettings = new EventEmitter<unknown>();
  readonly #tabs = new Tabs(this.texts, change => this.#tabsChanged(change));

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
    return file && new TextEditor(file, task => this.texts.inBackground(task));
  }

  /** As an extension opens and shows a document, which it then holds. */
  async open(uri: UriLike): Promise<TextFile> {
    await this.openDocument(uri);
    return this.openTab(uri);
  }

  /** As a click in the Explorer, or the command `vscode.open`. */
  async openTab(uri: UriLike, isPreview: boolean = false): Promise<TextFile> {
    await this.#tabs.open(new TabInputText(uri), labelOf(uri), isPreview);
    const file = this.file(uri);
    if (!file) throw new Error(`${uri} is not open`);
    return file;
  }

  async openDiff(original: UriLike, modified: UriLike, title: string = ''): Promise<void> {
    await this.texts.inBackground(this.#tabs.open(new TabInputTextDiff(original, modified), title));
  }

  /**
   * Back from hot exit in a tab: before extensions have started, who then find it there and dirty; or after, who are first
   * told that it is open and clean.
   */
  async restore(uri: UriLike, backup: Backup, when: 'before' | 'after' = 'after'): Promise<TextFile> {
    const file = this.texts.create(uri);
    this.told.isEarly = when === 'before';
    file.restore(backup);
    // Said twice, as there are two that say it.
    this.dirtyChanged(file);
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

  /** Unsaved text that no tab shows gets one. */
  async secondPasses(): Promise<void> {
    for (const { isDirty, document } of this.texts.open) {
      if (!isDirty || this.#tabs.shows(document.uri)) continue;
      await this.#tabs.openBehind(new TabInputText(document.uri), labelOf(document.uri));
    }
  }

  /** The window comes to the front: what it shows is looked at again. */
  async focused(): Promise<void> {
    for (const { input } of this.tabs.filter(({ isActive }) => isActive)) {
      const uri = input instanceof TabInputText ? input.uri : input.modified;
      if (this.file(uri)) await this.texts.resolve(uri, true);
    }
    this.didChangeState.fire({ focused: true });
  }

  override clear(): void {
    super.clear();
    this.#tabs.clear();
  }

  protected override isInFront(document: TextDocument): boolean {
    return this.activeEditor?.document === document;
  }

  protected override dirtyChanged(file: TextFile): void {
    this.told.dirtyChanged(file);
    this.#tabs.dirtyChanged(file.document.uri);
    if (!file.isDirty) this.texts.cleaned(file);
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
