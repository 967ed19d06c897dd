// As much of the namespace `vscode` as the extension needs to run outside VS Code, to measure what is the extension's own.
import Module from 'node:module';
import * as path from 'node:path';
import { Uri } from '../../support/vscode/uri';
import { TextDocument } from './document';

export interface TreeProvider {
  getChildren(node?: unknown): Promise<readonly unknown[]>;
  getTreeItem(node: unknown): unknown;
}

export interface FileSystem {
  stat(uri: Uri): Promise<unknown>;
  readFile(uri: Uri): Promise<Uint8Array>;
  writeFile(uri: Uri, content: Uint8Array, options: object): Promise<void>;
}

/** What the extension has registered, and how much it listens to. */
export const registered = {
  tree: undefined as TreeProvider | undefined,
  fileSystems: new Map<string, FileSystem>(),
  commands: new Map<string, (arg?: unknown) => Promise<unknown>>(),
  listeners: 0,
};

const disposable = (dispose = () => undefined) => ({ dispose });

const event = (): unknown => {
  registered.listeners++;
  return disposable(() => {
    registered.listeners--;
  });
};

class EventEmitter {
  readonly #listeners = new Set<(value: unknown) => unknown>();

  readonly event = (listener: (value: unknown) => unknown) => {
    registered.listeners++;
    this.#listeners.add(listener);
    return disposable(() => {
      if (this.#listeners.delete(listener)) registered.listeners--;
    });
  };

  fire(value: unknown): void {
    for (const listener of [...this.#listeners]) listener(value);
  }

  dispose(): void {
    registered.listeners -= this.#listeners.size;
    this.#listeners.clear();
  }
}

const MANUAL = 1;
const didOpen = new EventEmitter();
const didChange = new EventEmitter();
const willSave = new EventEmitter();
const didSave = new EventEmitter();
const textDocuments: TextDocument[] = [];

export function showDocument(uri: Uri, text: string): void {
  const document = new TextDocument(uri, text);
  textDocuments.push(document);
  didOpen.fire(document);
}

/** `text` is typed into the document, and saved by hand: `write` is the provider's. */
export async function saveByHand(uri: Uri, text: string, write: () => Promise<void>): Promise<void> {
  const document = textDocuments.find(shown => shown.uri.toString() === uri.toString());
  if (!document) throw new Error(`${uri} is not open`);
  document.set(text);
  didChange.fire({ document, contentChanges: [{ text }] });
  willSave.fire({ document, reason: MANUAL });
  await write();
  document.isDirty = false;
  didSave.fire(document);
}

/** Everything else that is asked for: `onDid…` is an event, other names are functions that do nothing. */
function permissive(known: object): object {
  return new Proxy(known, {
    get: (target, name) => {
      if (typeof name !== 'string' || name in target) return Reflect.get(target, name);
      return name.startsWith('onDid') || name.startsWith('onWill') ? event : () => disposable();
    },
  });
}

const log = permissive({ info: () => undefined, warn: () => undefined });

/** VS Code's has some 400 names: copying it is not free. */
const others = Object.fromEntries(Array.from({ length: 380 }, (_, i) => [`Name${i}`, class {}]));

const api = {
  ...others,
  EventEmitter,
  Uri: Object.assign(Uri, {
    joinPath: (base: { fsPath: string }, ...parts: string[]) => ({ fsPath: path.join(base.fsPath, ...parts) }),
  }),
  Disposable: class {
    readonly dispose: () => void;
    constructor(dispose: () => void) {
      this.dispose = dispose;
    }
    static from(...items: readonly { dispose(): unknown }[]) {
      return disposable(() => {
        for (const item of items) item.dispose();
      });
    }
  },
  TreeItem: class {
    readonly label: string;
    constructor(label: string) {
      this.label = label;
    }
  },
  ThemeIcon: class {},
  ThemeColor: class {},
  TabInputText: class {},
  TabInputTextDiff: class {},
  Diagnostic: class {},
  Range: class {},
  FileSystemError: class extends Error {
    static FileNotFound = (what: unknown) => new Error(`not found: ${what}`);
    static Unavailable = (what: unknown) => new Error(`unavailable: ${what}`);
    static NoPermissions = (what: unknown) => new Error(`no permissions: ${what}`);
  },
  TreeItemCollapsibleState: { None: 0, Collapsed: 1, Expanded: 2 },
  TextDocumentSaveReason: { Manual: MANUAL },
  FileType: { File: 1 },
  FilePermission: { Readonly: 1 },
  FileChangeType: { Changed: 1 },
  ProgressLocation: { Notification: 15 },
  StatusBarAlignment: { Left: 1 },
  ViewColumn: { Active: -1 },
  DiagnosticSeverity: { Error: 0 },
  ExtensionMode: { Production: 1, Test: 3 },
  l10n: { t: (text: string) => text },
  env: { language: 'en' },
  extensions: permissive({ getExtension: () => undefined }),
  languages: permissive({ createDiagnosticCollection: () => permissive({}) }),
  commands: permissive({
    executeCommand: async () => undefined,
    registerCommand: (name: string, run: (arg?: unknown) => Promise<unknown>) => {
      registered.commands.set(name, run);
      return disposable();
    },
  }),
  workspace: permissive({
    textDocuments,
    onDidOpenTextDocument: didOpen.event,
    onDidChangeTextDocument: didChange.event,
    onWillSaveTextDocument: willSave.event,
    onDidSaveTextDocument: didSave.event,
    getConfiguration: () => ({ get: () => undefined }),
    registerFileSystemProvider: (scheme: string, provider: FileSystem) => {
      registered.fileSystems.set(scheme, provider);
      return disposable();
    },
  }),
  window: permissive({
    state: { focused: true },
    visibleTextEditors: [],
    activeTextEditor: undefined,
    tabGroups: permissive({ all: [] }),
    createOutputChannel: () => log,
    createStatusBarItem: () => permissive({}),
    createTreeView: (_id: string, { treeDataProvider }: { treeDataProvider: TreeProvider }) => {
      registered.tree = treeDataProvider;
      return permissive({ selection: [] });
    },
    withProgress: (_options: object, task: (progress: object, token: object) => unknown) => task({}, permissive({})),
  }),
};

type Load = (request: string, ...rest: unknown[]) => unknown;

/** From here on `require('vscode')` gives the stand-in. */
export function installVscode(): void {
  const loader: { _load: Load } = Object.assign(Module);
  const load = loader._load;
  Object.assign(Module, {
    _load: (request: string, ...rest: unknown[]) => (request === 'vscode' ? api : load(request, ...rest)),
  });
}
