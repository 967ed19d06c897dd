// Read-only documents that show a user's whole profile, as the API returns it.
import * as vscode from 'vscode';
import { writeJson } from '../../json/write';
import { ManagementError } from '../../management/errors';
import type { ResourceId } from '../../management/resourceId';
import type { UserProfile } from '../../management/resources/users';
import type { Clients } from '../../saving/clients';
import { describeError } from '../../shell/errors';
import type { RequestScope } from '../../shell/requestScope';
import { labelOf } from '../labels';
import { fromUri, PROFILE_SCHEME, toUri } from '../uris';

export class Profiles implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #clients: Clients;
  readonly #requests: RequestScope;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  /** Profiles that were just received, by URI. VS Code asks for their text next. */
  readonly #received = new Map<string, UserProfile>();

  readonly onDidChange = this.#changed.event;

  constructor(clients: Clients, requests: RequestScope) {
    this.#clients = clients;
    this.#requests = requests;
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const identity = fromUri(uri);
    if (!identity) return '';
    try {
      const profile = this.#received.get(uri.toString()) ?? (await this.#get(identity));
      return `${writeJson(profile.value, 2)}\n`;
    } catch (error) {
      // A tab restored from an earlier window has to show something.
      if (!ManagementError.is(error)) throw error;
      return `// ${describeError(error, identity.tenant).message}\n`;
    } finally {
      this.#received.delete(uri.toString());
    }
  }

  /**
   * Opens the profile as it is now. If it is open already, its text is replaced.
   *
   * @throws ManagementError
   */
  async show(identity: ResourceId): Promise<void> {
    const profile = await this.#get(identity);
    const label = vscode.l10n.t('{0} (profile)', labelOf(profile));
    const uri = toUri(identity, label, PROFILE_SCHEME);
    this.#received.set(uri.toString(), profile);
    this.#changed.fire(uri);
    await vscode.window.showTextDocument(uri, { preview: true });
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #get({ tenant, id }: ResourceId): Promise<UserProfile> {
    const client = await this.#clients.client(tenant);
    return this.#requests.run(signal => client.getUser(id, signal));
  }
}
