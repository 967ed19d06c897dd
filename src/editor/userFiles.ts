// `auth0-user:` as a file system: reading a file is a GET, writing it a planned PATCH. Rules are in userSession.ts.
import * as vscode from 'vscode';
import { ManagementError } from '../management/errors';
import type { TenantDomain } from '../management/tenant';
import type { UserProfile } from '../management/users';
import type { UserMetadata } from '../metadata/document';
import type { Dialogs } from '../shell/dialogs';
import type { RequestScope } from '../shell/requestScope';
import { settings } from '../shell/settings';
import { applyEdits } from './applyEdits';
import type { Clients } from './clients';
import { DocumentFiles } from './documentFiles';
import { OpenUser } from './openUser';
import { refusal, refusalOf, refusalOfOutcome } from './refusal';
import { saveDialogs } from './saveDialogs';
import { hasTab } from './tabs';
import type { SessionOutcome } from './userSession';
import { fromUserUri, USER_SCHEME, type UserIdentity, userKey } from './userUri';

export interface SaveEvent {
  readonly user: OpenUser;
  readonly outcome: SessionOutcome;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

export class UserFiles extends DocumentFiles implements vscode.Disposable {
  readonly #clients: Clients;
  readonly #dialogs: Dialogs;
  readonly #requests: RequestScope;
  readonly #users = new Map<string, OpenUser>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #saved = new vscode.EventEmitter<SaveEvent>();
  readonly #failed = new vscode.EventEmitter<{ readonly user: OpenUser; readonly error: ManagementError }>();
  readonly #subscription: vscode.Disposable;

  protected readonly depth = 3;
  readonly onDidChangeFile = this.#changed.event;
  /** After every save that came to an outcome, before VS Code hears of it. */
  readonly onDidSave = this.#saved.event;
  /** After a save that the service refused. */
  readonly onDidFail = this.#failed.event;

  constructor(clients: Clients, dialogs: Dialogs, requests: RequestScope) {
    super();
    this.#clients = clients;
    this.#dialogs = dialogs;
    this.#requests = requests;
    this.#subscription = vscode.Disposable.from(
      vscode.workspace.onDidSaveTextDocument(({ uri }) => this.#settle(uri)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#noteShown(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#forget(uri)),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => this.#noteClosed(closed)),
    );
  }

  /** The user of a document that is open or was just preloaded. */
  find(identity: UserIdentity | undefined): OpenUser | undefined {
    return identity && this.#users.get(userKey(identity));
  }

  all(): readonly OpenUser[] {
    return [...this.#users.values()];
  }

  /** Takes a profile that was just received: opening `uri` makes no further request. */
  preload(uri: vscode.Uri, identity: UserIdentity, profile: UserProfile): OpenUser {
    const user = this.#user(uri, identity);
    if (user.session.text === undefined || user.tabsClosed) user.session.adopt(profile);
    user.tabsClosed = false;
    return user;
  }

  protected statDocument(uri: vscode.Uri): vscode.FileStat {
    const identity = identityOf(uri);
    const user = this.find(identity);
    return {
      type: vscode.FileType.File,
      ctime: 0,
      // Not a time: it must only grow, and only when the text changed other than by the editor's own save.
      mtime: user?.session.version ?? 1,
      size: user?.bytes.byteLength ?? 0,
      ...(user?.isReadonly && { permissions: vscode.FilePermission.Readonly }),
    };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const identity = identityOf(uri);
    const known = this.find(identity);
    // A second look at an open document (Compare with Saved, another extension) must not move the base under its text.
    if (known?.session.text !== undefined && !known.tabsClosed) return known.bytes;
    const user = this.#user(uri, identity);
    const wasReadonly = user.isReadonly;
    try {
      // Restored with unsaved text, and looked at beside it (Compare with Saved): that text grew from something older.
      const isShown = !user.document?.isDirty;
      await this.#requests.run(signal => user.session.load(isShown, signal));
    } catch (error) {
      if (!known) this.#users.delete(userKey(identity));
      throw refusalOf(error, identity.tenant, uri);
    }
    user.tabsClosed = false;
    if (user.isReadonly !== wasReadonly) this.#fireChanged(user);
    return user.bytes;
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const identity = identityOf(uri);
    const user = this.#user(uri, identity);
    user.savedVersion = user.document?.version;
    const outcome = await this.#save(user, content);
    this.#saved.fire({ user, outcome });
    const refusal = refusalOfOutcome(outcome, identity.tenant);
    if (refusal) throw refusal;
    // Without a document there is no "saved" event to wait for, and nothing that would show what has been settled.
    if (user.document) return;
    this.#settle(uri);
    user.session.showing(user.session.text ?? '');
  }

  /** Puts what moved on the server into the open document, see UserSession.rebase. */
  rebase(
    user: OpenUser,
    document: vscode.TextDocument,
    remote: UserMetadata,
    conflicts: 'decided' | 'open',
  ): Promise<boolean> {
    return user.session.rebase(
      () => document.getText(),
      remote,
      edits => applyEdits(document, edits),
      conflicts,
    );
  }

  /** Shows a newer server state in a clean document; false where the metadata is the same. */
  replace(user: OpenUser, profile: UserProfile): boolean {
    const changed = user.session.replace(profile);
    if (changed) this.#fireChanged(user);
    return changed;
  }

  /** What the tenant's token allows has changed: VS Code asks again whether documents are read-only. */
  permissionsChanged(tenant: TenantDomain): void {
    for (const user of this.all()) if (user.identity.tenant === tenant) this.#fireChanged(user);
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const emitter of [this.#changed, this.#saved, this.#failed]) emitter.dispose();
  }

  #user(uri: vscode.Uri, identity: UserIdentity): OpenUser {
    const key = userKey(identity);
    let user = this.#users.get(key);
    if (!user) {
      user = new OpenUser(identity, uri, this.#clients);
      this.#users.set(key, user);
    }
    if (!user.document) user.moveTo(uri);
    return user;
  }

  async #save(user: OpenUser, content: Uint8Array): Promise<SessionOutcome> {
    const { tenant } = user.identity;
    const text = decode(content, user.document);
    const questions = saveDialogs(this.#dialogs, user.label, tenant);
    try {
      return await this.#requests.run(signal => user.session.save(text, settings.confirmSave(), questions, signal));
    } catch (error) {
      if (ManagementError.is(error)) this.#failed.fire({ user, error });
      throw refusalOf(error, tenant);
    }
  }

  #settle(uri: vscode.Uri): void {
    if (uri.scheme !== USER_SCHEME) return;
    const user = this.find(fromUserUri(uri));
    // Typed on during the save: VS Code would not show it, and take the file for newer than its text.
    if (user && !user.wasTypedOn && user.session.settle()) this.#fireChanged(user);
  }

  #noteShown(document: vscode.TextDocument): void {
    if (document.uri.scheme !== USER_SCHEME || document.isDirty) return;
    this.find(fromUserUri(document.uri))?.session.showing(document.getText());
  }

  #fireChanged(user: OpenUser): void {
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri: user.uri }]);
  }

  #forget(uri: vscode.Uri): void {
    if (uri.scheme !== USER_SCHEME) return;
    const user = this.find(fromUserUri(uri));
    if (user?.uri.toString() === uri.toString()) this.#users.delete(userKey(user.identity));
  }

  #noteClosed(closed: readonly vscode.Tab[]): void {
    for (const { input } of closed) {
      if (!(input instanceof vscode.TabInputText) || input.uri.scheme !== USER_SCHEME) continue;
      const user = this.find(fromUserUri(input.uri));
      if (user && !hasTab(user.identity)) user.tabsClosed = true;
    }
  }
}

function identityOf(uri: vscode.Uri): UserIdentity {
  const identity = fromUserUri(uri);
  if (!identity) throw vscode.FileSystemError.FileNotFound(uri);
  return identity;
}

/** Half a surrogate pair does not survive UTF-8: where the document has one, its own text is what must be judged. */
function decode(content: Uint8Array, document: vscode.TextDocument | undefined): string {
  const shown = document?.getText();
  if (shown !== undefined && !shown.isWellFormed()) return shown;
  try {
    return decoder.decode(content);
  } catch {
    throw refusal(vscode.l10n.t('The document is not in UTF-8. Reopen it with that encoding and save again.'));
  }
}
