// The read-only twin of a user's document: the whole profile as the API gives it.
import * as vscode from 'vscode';
import { writeJson } from '../json/write';
import { ManagementError } from '../management/errors';
import { describeError } from '../shell/describeError';
import type { RequestScope } from '../shell/requestScope';
import type { Clients } from './clients';
import { fromUserUri, PROFILE_SCHEME, toUserUri, type UserIdentity } from './userUri';

export class Profiles implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #clients: Clients;
  readonly #requests: RequestScope;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscription: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor(clients: Clients, requests: RequestScope) {
    this.#clients = clients;
    this.#requests = requests;
    this.#subscription = vscode.workspace.registerTextDocumentContentProvider(PROFILE_SCHEME, this);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const identity = fromUserUri(uri);
    if (!identity) return '';
    const { tenant, userId } = identity;
    try {
      const client = await this.#clients.client(tenant);
      const profile = await this.#requests.run(signal => client.getUser(userId, signal));
      return `${writeJson(profile.value, 2)}\n`;
    } catch (error) {
      if (!ManagementError.is(error)) throw error;
      return `// ${describeError(error, tenant).message}\n`;
    }
  }

  async show(identity: UserIdentity, label: string): Promise<void> {
    const uri = toUserUri(identity, label, PROFILE_SCHEME);
    // An open one is read again: a profile that is shown is the one of now.
    if (vscode.workspace.textDocuments.some(document => document.uri.toString() === uri.toString())) {
      this.#changed.fire(uri);
    }
    await vscode.window.showTextDocument(uri, { preview: true });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}
