// Mends a document that is typed into in the moment in which VS Code learns that it is read-only: it would then neither save the
// text nor say why. The service, or the tenant's lock, decides about the save, and says so.
import * as vscode from 'vscode';
import { isActive } from '../activeDocument';
import { USER_SCHEME } from '../uris';

const COMMANDS = {
  writeable: 'workbench.action.files.setActiveEditorWriteableInSession',
  asTold: 'workbench.action.files.resetActiveEditorReadonlyInSession',
} as const;

export class ShownReadonly implements vscode.Disposable {
  /** The documents of which VS Code was told last that they are read-only. */
  readonly #told = new Set<string>();
  readonly #mended = new Set<string>();
  readonly #subscription: vscode.Disposable;

  constructor() {
    this.#subscription = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#changed(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#told.delete(uri.toString());
        this.#mended.delete(uri.toString());
      }),
    );
  }

  /** Call with each answer to VS Code. */
  told(uri: vscode.Uri, isReadonly: boolean): void {
    if (isReadonly) this.#told.add(uri.toString());
    else this.#told.delete(uri.toString());
  }

  /** Call when the document shows what is saved. */
  isClean(uri: vscode.Uri): void {
    if (this.#mended.delete(uri.toString()) && isActive(uri)) void vscode.commands.executeCommand(COMMANDS.asTold);
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #changed({ uri, isDirty }: vscode.TextDocument): void {
    // Only somebody who types is in front, and the command is about that editor.
    if (uri.scheme !== USER_SCHEME || !isDirty || !this.#told.delete(uri.toString()) || !isActive(uri)) return;
    this.#mended.add(uri.toString());
    void vscode.commands.executeCommand(COMMANDS.writeable);
  }
}
