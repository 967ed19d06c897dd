// Says in the status bar why the document in front cannot be edited.
import * as vscode from 'vscode';
import type { UserFiles } from '../documents/files/userFiles';
import { USER_SCHEME } from '../documents/uris';

export class ReadonlyReason implements vscode.Disposable {
  readonly #files: UserFiles;
  readonly #item = vscode.window.createStatusBarItem('auth0Metadata.readonly', vscode.StatusBarAlignment.Left);
  readonly #subscription: vscode.Disposable;

  constructor(files: UserFiles) {
    this.#files = files;
    this.#item.name = vscode.l10n.t('Read-only metadata');
    this.#item.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
    this.#subscription = vscode.Disposable.from(
      this.#item,
      vscode.window.onDidChangeActiveTextEditor(() => this.#update()),
      files.onDidChangeFile(() => this.#update()),
    );
    this.#update();
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #update(): void {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const user = uri?.scheme === USER_SCHEME ? this.#files.users.at(uri) : undefined;
    if (!user?.isReadonly) {
      this.#item.hide();
      return;
    }
    const { tenant } = user.identity;
    this.#item.text = `$(lock) ${vscode.l10n.t('Read-only: the token lacks update:users')}`;
    this.#item.tooltip = vscode.l10n.t(
      'The token for {0} has neither the scope update:users nor update:users_app_metadata. Click to sign in with another one.',
      tenant,
    );
    this.#item.command = {
      title: vscode.l10n.t('Sign In Again'),
      command: 'auth0Metadata.updateCredentials',
      arguments: [{ tenant }],
    };
    this.#item.show();
  }
}
