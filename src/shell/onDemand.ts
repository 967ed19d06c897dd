// Registers providers whose code is loaded on first use.
import * as vscode from 'vscode';
import { once } from './once';

/** Registers a file system. The first call loads its provider. */
export function registerFileSystem(scheme: string, load: () => Promise<vscode.FileSystemProvider>): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const provider = once(async () => {
    const loaded = await load();
    loaded.onDidChangeFile(events => changed.fire(events));
    return loaded;
  });
  const onDemand: vscode.FileSystemProvider = {
    onDidChangeFile: changed.event,
    watch: () => new vscode.Disposable(() => undefined),
    stat: async uri => (await provider()).stat(uri),
    readDirectory: async uri => (await provider()).readDirectory(uri),
    createDirectory: async uri => (await provider()).createDirectory(uri),
    readFile: async uri => (await provider()).readFile(uri),
    writeFile: async (uri, content, options) => (await provider()).writeFile(uri, content, options),
    delete: async (uri, options) => (await provider()).delete(uri, options),
    rename: async (from, to, options) => (await provider()).rename(from, to, options),
  };
  const registration = vscode.workspace.registerFileSystemProvider(scheme, onDemand, { isCaseSensitive: true });
  return vscode.Disposable.from(registration, changed);
}

/** Registers read-only documents. The first one that is opened loads their provider. */
export function registerContents(
  scheme: string,
  load: () => Promise<vscode.TextDocumentContentProvider>,
): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = once(async () => {
    const loaded = await load();
    loaded.onDidChange?.(uri => changed.fire(uri));
    return loaded;
  });
  const onDemand: vscode.TextDocumentContentProvider = {
    onDidChange: changed.event,
    provideTextDocumentContent: async (uri, cancelled) => (await provider()).provideTextDocumentContent(uri, cancelled),
  };
  return vscode.Disposable.from(vscode.workspace.registerTextDocumentContentProvider(scheme, onDemand), changed);
}
