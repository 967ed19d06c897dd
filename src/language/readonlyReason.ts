// Says in the status bar why the document in front cannot be edited.
import * as vscode from 'vscode';
import { activeUri, onDidChangeActiveDocument } from '../documents/activeDocument';
import type { Documents } from '../documents/documents';
import { USER_SCHEME } from '../documents/uris';
import { scopeActions, signInAgain } from '../shell/errors';

export class ReadonlyReason implements vscode.Disposable {
  readonly #users: Documents['users'];
  readonly #item = vscode.window.createStatusBarItem('auth0Metadata.readonly', vscode.StatusBarAlignment.Left);
  readonly #subscription: vscode.Disposable;

  constructor({ users, updates }: Pick<Documents, 'users' | 'updates'>) {
    this.#users = users;
    this.#item.name = vscode.l10n.t('Read-only metadata');
    this.#item.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
    this.#subscription = vscode.Disposable.from(
      this.#item,
      onDidChangeActiveDocument(() => this.#update()),
      updates.onDidChange(() => this.#update()),
    );
    this.#update();
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #update(): void {
    const uri = activeUri(USER_SCHEME);
    const user = uri && this.#users.at(uri);
    if (user?.readonlyReason !== 'scopes') {
      this.#item.hide();
      return;
    }
    const { tenant } = user.identity;
    this.#item.text = `$(lock) ${vscode.l10n.t('Read-only: the token lacks update:users')}`;
    this.#item.tooltip = tooltip(tenant);
    this.#item.accessibilityInformation = { label: vscode.l10n.t('Read-only: the token lacks update:users') };
    this.#item.command = { ...signInAgain(tenant), arguments: [{ tenant }] };
    this.#item.show();
  }
}

/** A domain has no characters that mean anything in markdown, and these commands change nothing. */
function tooltip(tenant: string): vscode.MarkdownString {
  const actions = scopeActions(tenant, ['update:users']);
  const links = actions.map(({ title, command, arguments: args }) => {
    return `[${title}](command:${command}?${encodeURIComponent(JSON.stringify(args))})`;
  });
  const words = vscode.l10n.t(
    'The token for {0} has neither the scope update:users nor update:users_app_metadata. Click to sign in with another one.',
    tenant,
  );
  const markdown = new vscode.MarkdownString(`${words}\n\n${links.join(' · ')}`);
  markdown.isTrusted = { enabledCommands: actions.map(({ command }) => command) };
  return markdown;
}
