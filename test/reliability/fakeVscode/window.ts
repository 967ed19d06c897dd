// The one window of the stand-in: its documents, and what it shows and is told. Tests reset it.
import { EventEmitter } from './events';
import { applyReplacements, type Position, type Range, type Replacement } from './text';
import { type FileProvider, type TextDocument, TextFile } from './textFile';
import type { UriLike } from './uri';

export class TabInputText {
  readonly uri: UriLike;

  constructor(uri: UriLike) {
    this.uri = uri;
  }
}

export class TabInputTextDiff {
  readonly original: UriLike;
  readonly modified: UriLike;

  constructor(original: UriLike, modified: UriLike) {
    this.original = original;
    this.modified = modified;
  }
}

/** One non-modal message, with the buttons that it had. */
export interface Message {
  readonly kind: 'information' | 'warning' | 'error' | 'status';
  readonly text: string;
  readonly buttons: readonly string[];
}

type Provider = FileProvider & {
  onDidChangeFile(listener: (events: readonly { uri: UriLike }[]) => unknown): { dispose(): unknown };
};

export class Window {
  readonly files = new Map<string, TextFile>();
  readonly messages: Message[] = [];
  /** Commands of VS Code that were called, such as `vscode.diff`. */
  readonly executed: { readonly command: string; readonly args: readonly unknown[] }[] = [];
  readonly settings = new Map<string, unknown>();
  readonly commands = new Map<string, (...args: readonly unknown[]) => unknown>();
  /** Answers a message; undefined closes it. */
  answer: (message: Message) => string | undefined = () => undefined;

  readonly didChangeText = new EventEmitter<{ document: TextDocument; contentChanges: readonly unknown[] }>();
  readonly willSaveText = new EventEmitter<{ document: TextDocument; reason: number }>();
  readonly didOpenText = new EventEmitter<TextDocument>();
  readonly didSaveText = new EventEmitter<TextDocument>();
  readonly didCloseText = new EventEmitter<TextDocument>();
  readonly didChangeTabs = new EventEmitter<{ closed: readonly { input: unknown }[] }>();
  readonly didChangeState = new EventEmitter<{ focused: boolean }>();
  readonly didChangeSettings = new EventEmitter<unknown>();

  #provider: Provider | undefined;
  readonly #reloads = new Set<Promise<void>>();

  get documents(): TextDocument[] {
    return Array.from(this.files.values(), ({ document }) => document);
  }

  get tabs() {
    return this.documents.map(({ uri }) => ({ input: new TabInputText(uri) }));
  }

  registerProvider(provider: Provider): { dispose(): unknown } {
    this.#provider = provider;
    return provider.onDidChangeFile(events => {
      for (const { uri } of events) this.#reload(uri);
    });
  }

  /** A working copy that holds nothing yet: open or restore it. */
  add(uri: UriLike): TextFile {
    if (!this.#provider) throw new Error('no provider');
    const file = new TextFile(uri, this.#provider, {
      changed: document => this.didChangeText.fire({ document, contentChanges: [{}] }),
      saved: document => this.didSaveText.fire(document),
      opened: document => this.didOpenText.fire(document),
      willSave: document => this.willSaveText.fire({ document, reason: 1 }),
    });
    this.files.set(uri.toString(), file);
    return file;
  }

  /** Everything in it is gone, as when the window is closed. */
  clear(): void {
    for (const { document } of this.files.values()) document.isClosed = true;
    this.files.clear();
    this.messages.length = 0;
    this.executed.length = 0;
    this.settings.clear();
    this.commands.clear();
    this.answer = () => undefined;
  }

  applyEdit(edits: ReadonlyMap<string, readonly Replacement[]>): boolean {
    for (const [uri, replacements] of edits) {
      const file = this.files.get(uri);
      if (!file) return false;
      file.type(applyReplacements(file.document.text, replacements));
    }
    return true;
  }

  show(kind: Message['kind'], text: string, buttons: readonly unknown[]): string | undefined {
    const message = { kind, text, buttons: buttons.filter(button => typeof button === 'string') };
    this.messages.push(message);
    return this.answer(message);
  }

  /** Once every reload that was asked for has ended. */
  async settled(): Promise<void> {
    while (this.#reloads.size) await Promise.all(this.#reloads);
  }

  #reload(uri: UriLike): void {
    const file = this.files.get(uri.toString());
    if (!file) return;
    const reload = file.fileChanged().catch(() => undefined);
    this.#reloads.add(reload);
    void reload.then(() => this.#reloads.delete(reload));
  }
}

export class WorkspaceEdit {
  readonly edits = new Map<string, Replacement[]>();

  replace(uri: UriLike, range: Range, text: string): void {
    const edits = this.edits.get(uri.toString()) ?? [];
    edits.push({ range, text });
    this.edits.set(uri.toString(), edits);
  }
}

export type { Position };
export const shown = new Window();
