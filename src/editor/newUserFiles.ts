// `auth0-new-user:` as a file system: a document that becomes a user when it is saved.
import * as vscode from 'vscode';
import { ManagementError } from '../management/errors';
import { parseTenantDomain, type TenantDomain } from '../management/tenant';
import type { UserProfile } from '../management/users';
import { newUserTemplate, toCreateBody } from '../metadata/newUser';
import { visibleText } from '../metadata/visibleText';
import type { RequestScope } from '../shell/requestScope';
import type { Clients } from './clients';
import { DocumentFiles } from './documentFiles';
import { problemWords } from './problemWords';
import { refusal, refusalOf } from './refusal';
import { NEW_USER_SCHEME } from './userUri';

export interface CreatedEvent {
  readonly tenant: TenantDomain;
  readonly profile: UserProfile;
  /** The draft that the user was created from. */
  readonly draft: vscode.Uri;
}

export class NewUserFiles extends DocumentFiles implements vscode.Disposable {
  readonly #clients: Clients;
  readonly #requests: RequestScope;
  /** Text of each draft as it was last written; users that were created and not yet shown. */
  readonly #drafts = new Map<string, string>();
  readonly #created = new Map<string, CreatedEvent>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #didCreate = new vscode.EventEmitter<CreatedEvent>();
  readonly #subscription: vscode.Disposable;
  #count = 0;

  protected readonly depth = 2;
  readonly onDidChangeFile = this.#changed.event;
  /** Once the draft's save has ended: it may be closed now. */
  readonly onDidCreate = this.#didCreate.event;

  constructor(clients: Clients, requests: RequestScope) {
    super();
    this.#clients = clients;
    this.#requests = requests;
    this.#subscription = vscode.Disposable.from(
      vscode.workspace.onDidSaveTextDocument(({ uri }) => this.#announce(uri)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#drafts.delete(uri.toString())),
    );
  }

  /** A draft for a user of `connection`; opening it shows the template. */
  add(tenant: TenantDomain, connection: string, strategy: string): vscode.Uri {
    const folder = visibleText(connection, 60).replace(/[/\\?#%]/g, '_');
    const path = `/${folder}/${vscode.l10n.t('New user')} ${++this.#count}.json`;
    const uri = vscode.Uri.from({ scheme: NEW_USER_SCHEME, authority: tenant, path });
    this.#drafts.set(uri.toString(), newUserTemplate(connection, strategy));
    return uri;
  }

  protected statDocument(uri: vscode.Uri): vscode.FileStat {
    return { type: vscode.FileType.File, ctime: 0, mtime: 1, size: Buffer.byteLength(this.#text(uri)) };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return Buffer.from(this.#text(uri));
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const tenant = parseTenantDomain(uri.authority);
    if (!tenant) throw vscode.FileSystemError.FileNotFound(uri);
    const text = Buffer.from(content).toString();
    const parsed = toCreateBody(text);
    if ('problems' in parsed) {
      const [problem] = parsed.problems;
      throw refusal(vscode.l10n.t('Nothing was sent. {0}', problem ? problemWords(problem) : ''));
    }
    const profile = await this.#create(tenant, parsed.body);
    this.#drafts.set(uri.toString(), text);
    const event = { tenant, profile, draft: uri };
    this.#created.set(uri.toString(), event);
    if (!vscode.workspace.textDocuments.some(document => document.uri.toString() === uri.toString())) {
      this.#announce(uri);
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
    this.#didCreate.dispose();
  }

  async #create(tenant: TenantDomain, body: string): Promise<UserProfile> {
    try {
      const client = await this.#clients.client(tenant);
      return await this.#requests.run(signal => client.createUser(body, signal));
    } catch (error) {
      if (!ManagementError.is(error) || error.outcome !== 'unknown') throw refusalOf(error, tenant);
      throw refusal(
        vscode.l10n.t(
          '{0} gave no answer: whether the user was created is not known. Search for it before saving again.',
          tenant,
        ),
      );
    }
  }

  #announce(uri: vscode.Uri): void {
    const event = this.#created.get(uri.toString());
    if (!event) return;
    this.#created.delete(uri.toString());
    this.#didCreate.fire(event);
  }

  /** A draft restored without unsaved text, in a new window: its template is gone, its connection is in the path. */
  #text(uri: vscode.Uri): string {
    return this.#drafts.get(uri.toString()) ?? newUserTemplate(uri.path.split('/')[1] ?? '', 'auth0');
  }
}
