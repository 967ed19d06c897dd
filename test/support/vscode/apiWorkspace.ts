// `vscode.workspace`, as far as the shell uses it.
import { readFile, stat } from 'node:fs/promises';
import { Disposable } from './events';
import type { Provider } from './providers';
import type { Uri } from './uri';
import { shown } from './window';
import type { WorkspaceEdit } from './workspaceEdit';

export const workspace = {
  get textDocuments() {
    return shown.documents;
  },
  registerFileSystemProvider: (scheme: string, provider: Provider) => shown.registerProvider(scheme, provider),
  fs: {
    writeFile: (uri: Uri, content: Uint8Array) => shown.writeFile(uri, content),
    // Of files on disk, which the user has chosen.
    stat: ({ fsPath }: { readonly fsPath: string }) => stat(fsPath),
    readFile: ({ fsPath }: { readonly fsPath: string }) => readFile(fsPath),
  },
  openTextDocument: (uri: Uri) => shown.openDocument(uri),
  registerTextDocumentContentProvider: () => new Disposable(() => undefined),
  onDidChangeTextDocument: shown.told.didChange.event,
  onWillSaveTextDocument: shown.told.willSaveText.event,
  onDidOpenTextDocument: shown.told.didOpen.event,
  onDidSaveTextDocument: shown.told.didSave.event,
  onDidCloseTextDocument: shown.told.didClose.event,
  onDidChangeConfiguration: shown.didChangeSettings.event,
  getConfiguration: (section: string) => ({ get: (key: string) => shown.settings.get(`${section}.${key}`) }),
  applyEdit: async (edit: WorkspaceEdit) => shown.applyEdit(edit.edits),
};
