// The namespace `vscode` as the stand-in gives it: what the shell of this project uses, and no more.
import { window } from './apiWindow';
import { workspace } from './apiWorkspace';
import { Disposable, EventEmitter } from './events';
import { BACK } from './quickInput';
import { SAVE_REASON } from './saving';
import { TabInputText, TabInputTextDiff } from './tabs';
import { Range } from './text';
import type { TextDocument } from './textDocument';
import { CHANGE_REASON } from './undoStack';
import { Uri } from './uri';
import { CONSTANTS, CodeLens, Diagnostic, FileSystemError, ThemeColor, ThemeIcon, TreeItem } from './values';
import { shown } from './window';
import { WorkspaceEdit } from './workspaceEdit';

/** `{0}` stands for the first argument. */
const t = (message: string, ...args: readonly unknown[]) =>
  message.replace(/\{(\d+)\}/g, (whole, index: string) =>
    Number(index) in args ? String(args[Number(index)]) : whole,
  );

const nothing = () => undefined;

export const api = {
  version: '1.100.3',
  ...CONSTANTS,
  TextDocumentSaveReason: SAVE_REASON,
  TextDocumentChangeReason: CHANGE_REASON,
  CodeLens,
  Diagnostic,
  Disposable,
  EventEmitter,
  FileSystemError,
  Range,
  Selection: Range,
  TabInputText,
  TabInputTextDiff,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  Uri,
  WorkspaceEdit,
  QuickInputButtons: { Back: BACK },
  l10n: { t },
  env: { language: 'en' },
  workspace,
  window,
  extensions: { getExtension: nothing },
  languages: {
    setTextDocumentLanguage: (document: TextDocument, languageId: string) => shown.setLanguage(document, languageId),
    createDiagnosticCollection: () => ({ set: nothing, delete: nothing, dispose: nothing }),
    registerCodeLensProvider: () => new Disposable(nothing),
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
