// The file system of `auth0-new-user:`. Saving one of its documents creates a user.
import * as vscode from 'vscode';
import { isSignInNeeded, ManagementError } from '../../management/errors';
import type { UserProfile } from '../../management/resources/users';
import { parseTenantDomain, type TenantDomain } from '../../management/tenant';
import { newUserTemplate, toCreateBody } from '../../metadata/newUser';
import { type CreateQuestions, createUser } from '../../saving/create';
import { wantedCorrelationId } from '../../shell/correlationId';
import { isActive } from '../activeDocument';
import type { ManualSaves } from '../open/manualSaves';
import { documentOf } from '../open/openUser';
import { Strangers } from '../open/strangers';
import { problemWords } from '../problemWords';
import { refusal, refusalOf, refusalOfCancel, refusalOfDraftCopy, refusalOfSignIn } from '../refusal';
import { mayCreate } from '../saves/saveDialogs';
import { renewForSave, type SaveParts } from '../saves/saveParts';
import { fromSegment, NEW_USER_SCHEME, toSegment } from '../uris';
import { DocumentFiles } from './documentFiles';

export interface CreatedEvent {
  readonly tenant: TenantDomain;
  readonly profile: UserProfile;
  /** The draft that the user was created from. */
  readonly draft: vscode.Uri;
}

export interface NewUserFilesParts extends SaveParts {
  readonly saves: ManualSaves;
}

export class NewUserFiles extends DocumentFiles implements vscode.Disposable {
  readonly #parts: NewUserFilesParts;
  /** The text of each saved draft, by URI. */
  readonly #written = new Map<string, string>();
  /** Created users that are not announced yet, by the URI of their draft. */
  readonly #created = new Map<string, CreatedEvent>();
  readonly #strangers = new Strangers(NEW_USER_SCHEME);
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #didCreate = new vscode.EventEmitter<CreatedEvent>();
  readonly #subscription: vscode.Disposable;

  protected readonly depth = 3;
  readonly onDidChangeFile = this.#changed.event;
  /** Fires after the draft's save has ended: only then may its tab be closed. */
  readonly onDidCreate = this.#didCreate.event;

  constructor(parts: NewUserFilesParts) {
    super();
    this.#parts = parts;
    this.#subscription = vscode.Disposable.from(
      vscode.workspace.onDidSaveTextDocument(({ uri }) => this.#announce(uri)),
      vscode.workspace.onDidCloseTextDocument(() => this.#forgetClosed()),
      this.#strangers,
    );
  }

  /**
   * The URI of a new draft for a user of `connection`: `auth0-new-user://tenant/connection/strategy/New user 1.json`.
   * It holds everything that the template needs, so nothing has to be stored for a draft.
   */
  draft(tenant: TenantDomain, connection: string, strategy: string): vscode.Uri {
    const folder = `/${toSegment(connection)}/${toSegment(strategy)}`;
    for (let count = 1; ; count++) {
      const path = `${folder}/${vscode.l10n.t('New user')} ${count}.json`;
      const uri = vscode.Uri.from({ scheme: NEW_USER_SCHEME, authority: tenant, path });
      if (!documentOf(uri)) return uri;
    }
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
    const { saves } = this.#parts;
    const text = saves.take(uri, content);
    const written = this.#written.get(uri.toString());
    if (written === text) return;
    if (written !== undefined) {
      saves.ended(uri);
      throw refusal(
        vscode.l10n.t(
          'Nothing was sent: this draft has become a user already. Edit the document of that user instead.',
        ),
      );
    }
    try {
      if (!isActive(uri) && this.#strangers.copied(uri)) throw refusalOfDraftCopy();
      const parsed = toCreateBody(text);
      if ('problems' in parsed) {
        const [problem] = parsed.problems;
        throw refusal(vscode.l10n.t('Nothing was sent. {0}', problem ? problemWords(problem) : ''));
      }
      const profile = await this.#create(tenant, parsed.body);
      this.#written.set(uri.toString(), text);
      this.#created.set(uri.toString(), { tenant, profile, draft: uri });
    } catch (error) {
      saves.ended(uri);
      throw error;
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
    this.#didCreate.dispose();
  }

  async #create(tenant: TenantDomain, body: string): Promise<UserProfile> {
    const { clients, requests, dialogs, policyOf, identityOf, unlock } = this.#parts;
    try {
      const correlationId = wantedCorrelationId();
      const request = { tenant, body, policy: () => policyOf(tenant), correlationId };
      const questions: CreateQuestions = {
        about: () => identityOf(tenant),
        confirm: () => mayCreate(dialogs, tenant, body),
        signIn: renewForSave(this.#parts, tenant, 'canCreate'),
        unlock: () => unlock(tenant, 'canCreate'),
      };
      const profile = await requests.run(signal => createUser(request, clients, questions, signal));
      if (!profile) throw refusalOfCancel();
      return profile;
    } catch (error) {
      if (isSignInNeeded(error)) throw refusalOfSignIn(error, tenant);
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

  #text(uri: vscode.Uri): string {
    const written = this.#written.get(uri.toString());
    if (written !== undefined) return written;
    const [, connection = '', strategy = ''] = uri.path.split('/').map(fromSegment);
    return newUserTemplate(connection, strategy);
  }

  #forgetClosed(): void {
    for (const written of this.#written.keys()) {
      if (!documentOf(vscode.Uri.parse(written))) this.#written.delete(written);
    }
  }
}
