// The namespace `vscode` as the stand-in gives it: what the shell of this project uses, and no more.
import { Disposable, EventEmitter } from './events';
import { SAVE_REASON } from './saving';
import { TabInputText, TabInputTextDiff } from './tabs';
import { Range } from './text';
import type { TextDocument } from './textDocument';

import { CHANGE_REASON } from './undoStack';
import { Uri } from './uri';
import { shown } from './window';
import { WorkspaceEdit } from './workspaceEdit';

class FileSystemError extends Error {
  readonly code: string;

  constructor(message: unknown, code = 'Unknown') {
    super(String(message));
    this.name = `${code} (FileSystemError)`;
    this.code = code;
  }

  static FileNotFound = (what: unknown) => new FileSystemError(what, 'FileNotFound');
  static NoPermissions = (what: unknown) => new FileSystemError(what, 'NoPermissions');
  static Unavailable = (what: unknown) => new FileSystemError(what, 'Unavailable');
}

const disposable = () => new Disposable(() => undefined);

/** `{0}` stands for the first argument. */
const t = (message: string, ...args: readonly unknown[]) =>
  message.replace(/\{(\d+)\}/g, (whole, index: string) =>
    Number(index) in args ? String(args[Number(index)]) : whole,
  );

const say =
  (kind: 'information' | 'warning' | 'error') =>
  async (text: string, ...items: readonly unknown[]) =>
    shown.show(kind, text, items);

export const api = {
  version: '1.100.3',
  Disposable,
  EventEmitter,
  Range,
  Selection: Range,
  Uri,
  WorkspaceEdit,
  TabInputText,
  TabInputTextDiff,
  FileSystemError,
  FileType: { Unknown: 0, File: 1, Directory: 2 },
  FilePermission: { Readonly: 1 },
  TextDocumentSaveReason: SAVE_REASON,
  TextDocumentChangeReason: CHANGE_REASON,
  FileChangeType: { Changed: 1, Created: 2, Deleted: 3 },
  ProgressLocation: { Notification: 15 },
  TreeItemCollapsibleState: { None: 0, Collapsed: 1, Expanded: 2 },
  DiagnosticSeverity: { Error: 0 },
  ViewColumn: { Active: -1 },
  ThemeIcon: class {
    readonly id: string;
    constructor(id: string) {
      this.id = id;
    }
  },
  TreeItem: class {
    readonly label: string;
    constructor(label: string) {
      this.label = label;
    }
  },
  l10n: { t },
  env: { language: 'en' },
  workspace: {
    get textDocuments() {
      return shown.documents;
    },
    registerFileSystemProvider: (scheme: string, provider: Parameters<typeof shown.registerProvider>[1]) =>
      shown.registerProvider(scheme, provider),
    fs: { writeFile: (uri: Uri, content: Uint8Array) => shown.writeFile(uri, content) },
    openTextDocument: (uri: Uri) => shown.openDocument(uri),
    registerTextDocumentContentProvider: disposable,
    onDidChangeTextDocument: shown.told.didChange.event,
    onWillSaveTextDocument: shown.told.willSaveText.event,
    onDidOpenTextDocument: shown.told.didOpen.event,
    onDidSaveTextDocument: shown.told.didSave.event,
    onDidCloseTextDocument: shown.told.didClose.event,
    onDidChangeConfiguration: shown.didChangeSettings.event,
    getConfiguration: (section: string) => ({ get: (key: string) => shown.settings.get(`${section}.${key}`) }),
    applyEdit: async (edit: WorkspaceEdit) => shown.applyEdit(edit.edits),
  },
  window: {
    state: { focused: true },
    get activeTextEditor() {
      return shown.activeEditor;
    },
    get visibleTextEditors() {
      return shown.activeEditor ? [shown.activeEditor] : [];
    },
    showTextDocument: async (what: Uri | TextDocument) => {
      const uri = 'uri' in what ? what.uri : what;
      await shown.openTab(uri);
      return shown.activeEditor;
    },
    tabGroups: {
      get all() {
        return [shown.tabGroup];
      },
      get activeTabGroup() {
        return shown.tabGroup;
      },
      onDidChangeTabs: shown.didChangeTabs.event,
    },
    onDidChangeWindowState: shown.didChangeState.event,
    onDidChangeActiveTextEditor: shown.didChangeActiveEditor.event,
    showInformationMessage: say('information'),
    showWarningMessage: say('warning'),
    showErrorMessage: say('error'),
    setStatusBarMessage: (text: string) => {
      shown.show('status', text, []);
      return disposable();
    },
    withProgress: async (_options: object, task: (progress: object, token: object) => unknown) =>
      task({}, { onCancellationRequested: disposable }),
  },
  extensions: { getExtension: () => undefined },
  languages: {
    setTextDocumentLanguage: (document: TextDocument, languageId: string) => shown.setLanguage(document, languageId),
  },
  commands: {
    registerCommand: (command: string, run: (...args: readonly unknown[]) => unknown) => {
      shown.commands.set(command, run);
      return new Disposable(() => shown.commands.delete(command));
    },
    executeCommand: async (command: string, ...args: readonly unknown[]) => {
      shown.executed.push({ command, args });
      const [first, second, third] = args;
      if (command === 'vscode.open' && first instanceof Uri) await shown.openTab(first);
      if (command === 'vscode.diff' && first instanceof Uri && second instanceof Uri)
        await shown.openDiff(first, second, typeof third === 'string' ? third : '');
      return shown.commands.get(command)?.(...args);
    },
  },
};
