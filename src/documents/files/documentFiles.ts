// The base of our file systems: single documents that are opened by their URI, and no folders to browse.
import * as vscode from 'vscode';

const FOLDER: vscode.FileStat = { type: vscode.FileType.Directory, ctime: 0, mtime: 1, size: 0 };

export abstract class DocumentFiles implements vscode.FileSystemProvider {
  abstract readonly onDidChangeFile: vscode.Event<vscode.FileChangeEvent[]>;
  /** Path segments of a document. Shorter paths are its folders, which VS Code stats before writing. */
  protected abstract readonly depth: number;
  protected abstract statDocument(uri: vscode.Uri): vscode.FileStat;
  abstract readFile(uri: vscode.Uri): Uint8Array | Thenable<Uint8Array>;
  abstract writeFile(uri: vscode.Uri, content: Uint8Array): Thenable<void>;

  stat(uri: vscode.Uri): vscode.FileStat {
    const segments = uri.path.split('/').filter(segment => segment !== '');
    return segments.length < this.depth ? FOLDER : this.statDocument(uri);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
}
