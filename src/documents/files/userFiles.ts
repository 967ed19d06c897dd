// `auth0-user:` as a file system: reading a file is a GET, writing it a planned PATCH. Rules are in userSession.ts.

import * as vscode from 'vscode';
import { ManagementError } from '../../management/errors';
import type { ResourceId } from '../../management/resourceId';
import type { UserProfile } from '../../management/resources/users';
import type { TenantDomain } from '../../management/tenant';
import { metadataOf, type Sections } from '../../metadata/document';
import type { Clients } from '../../saving/clients';
import type { SessionOutcome } from '../../saving/session';
import type { Dialogs } from '../../shell/dialogs';
import type { RequestScope } from '../../shell/requestScope';
import { settings } from '../../shell/settings';
import { applyEdits } from '../applyEdits';
import type { OpenUser } from '../open/openUser';
import { identityOf, OpenUsers, type TookIn } from '../open/openUsers';
import { Strangers } from '../open/strangers';
import type { ManualSaves } from '../saves/manualSaves';
import { refusalOf, refusalOfCancel, refusalOfCopy, refusalOfOutcome } from '../saves/refusal';
import { mayCopy, saveDialogs } from '../saves/saveDialogs';
import { USER_SCHEME } from '../uris';
import { DocumentFiles } from './documentFiles';

export interface SaveEvent {
  readonly user: OpenUser;
  readonly outcome: SessionOutcome;
}

export interface SaveFailure {
  readonly user: OpenUser;
  readonly error: ManagementError;
}

export interface CopyRefusal {
  /** The document that was to be written over. */
  readonly user: OpenUser;
  readonly text: string;
  /** The document whose text that was. */
  readonly from: vscode.Uri;
}

/**
 * Older than anything that VS Code knows of a file, so that it never takes one for newer than its text. Such a conflict
 * of times would be no conflict of contents, and could not be left again: a document with unsaved text is not reloaded.
 */
const OLDEST_MTIME = 1;

export class UserFiles extends DocumentFiles implements vscode.Disposable {
  readonly users: OpenUsers;
  readonly #saves: ManualSaves;
  readonly #dialogs: Dialogs;
  readonly #requests: RequestScope;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #saved = new vscode.EventEmitter<SaveEvent>();
  readonly #failed = new vscode.EventEmitter<SaveFailure>();
  readonly #copyRefused = new vscode.EventEmitter<CopyRefusal>();
  readonly #merged = new vscode.EventEmitter<TookIn>();
  readonly #strangers = new Strangers(USER_SCHEME);
  readonly #subscription: vscode.Disposable;

  protected readonly depth = 3;
  readonly onDidChangeFile = this.#changed.event;
  /** After every save that came to an outcome, before VS Code hears of it. */
  readonly onDidSave = this.#saved.event;
  /** After a save that failed, or that the service refused. */
  readonly onDidFail = this.#failed.event;
  /** After *Save As* onto a user's document. */
  readonly onDidRefuseCopy = this.#copyRefused.event;
  /** After a state of the server was merged into what is being edited. */
  readonly onDidMerge = this.#merged.event;

  /** @param undoingMs see OpenUsers */
  constructor(clients: Clients, saves: ManualSaves, dialogs: Dialogs, requests: RequestScope, undoingMs?: number) {
    super();
    this.users = new OpenUsers(clients, undoingMs);
    this.#saves = saves;
    this.#dialogs = dialogs;
    this.#requests = requests;
    this.#subscription = vscode.Disposable.from(
      this.users.onDidShowClean(user => {
        this.#strangers.forget(user.uri);
        this.#settle(user);
      }),
      this.#strangers,
    );
  }

  /** Takes a profile that was just received: opening `uri` makes no further request. */
  preload(uri: vscode.Uri, identity: ResourceId, profile: UserProfile): OpenUser {
    const user = this.users.add(uri, identity);
    user.isCurrent = true;
    // Also where VS Code still holds the document: it may be about to let it go.
    user.isFresh = true;
    if (user.document) this.replace(user, profile);
    else user.session.offer(profile);
    return user;
  }

  protected statDocument(uri: vscode.Uri): vscode.FileStat {
    identityOf(uri);
    const user = this.users.at(uri);
    // A save of it ends here, without a write.
    if (user?.isReadonly) this.#saves.ended(uri);
    return {
      type: vscode.FileType.File,
      ctime: 0,
      mtime: user && !this.#isBehind(user) ? user.session.mtime : OLDEST_MTIME,
      size: user?.bytes.byteLength ?? 0,
      ...(user?.isReadonly && { permissions: vscode.FilePermission.Readonly }),
    };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const identity = identityOf(uri);
    const user = this.users.add(uri, identity);
    // A document that is open shows what was received for it, until somebody asks the server anew.
    if (!user.isFresh && !(user.document && user.session.text !== undefined)) {
      const wasReadonly = user.isReadonly;
      try {
        await this.#requests.run(signal => user.session.load(signal));
      } catch (error) {
        this.users.release(user);
        throw refusalOf(error, identity.tenant, uri);
      }
      if (user.isReadonly !== wasReadonly) this.#fireChanged(user);
    }
    user.isFresh = false;
    user.session.read(user.document?.getText());
    return user.bytes;
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const identity = identityOf(uri);
    const text = this.#saves.take(uri, content);
    try {
      const user = this.users.add(uri, identity);
      const copied = user.session.isOwn(text) ? undefined : this.#strangers.copied(uri);
      if (copied === 'unseen') {
        this.#copyRefused.fire({ user, text, from: vscode.window.activeTextEditor?.document.uri ?? uri });
        throw refusalOfCopy(user.label);
      }
      if (copied && !(await mayCopy(this.#dialogs, user.label, identity.tenant))) throw refusalOfCancel();
      this.#strangers.forget(uri);
      await this.#save(user, text);
    } catch (error) {
      this.#saves.ended(uri);
      throw error;
    }
  }

  /** Puts what moved on the server into the open document, see UserSession.rebase. */
  async rebase(
    user: OpenUser,
    document: vscode.TextDocument,
    remote: Sections,
    conflicts: 'decided' | 'open',
    saves: number,
  ): Promise<boolean | 'stale'> {
    const done = await user.session.rebase(
      () => document.getText(),
      remote,
      edits => applyEdits(document, edits),
      conflicts,
      saves,
    );
    if (done === true) this.#merged.fire({ user, remote });
    return done;
  }

  /**
   * Puts into the document what the server holds now, and gives it. Conflicts stay open: the next save asks.
   *
   * @returns undefined where the text has problems
   * @throws ManagementError
   */
  async bringUpToDate(user: OpenUser, document: vscode.TextDocument): Promise<Sections | undefined> {
    for (;;) {
      const { profile, saves } = await this.#requests.run(signal => this.users.look(user.identity, signal));
      const remote = metadataOf(profile.value);
      const done = await this.rebase(user, document, remote, 'open', saves);
      if (done !== 'stale') return done ? remote : undefined;
    }
  }

  /** Shows a newer server state in a document without unsaved text; false where it shows that already. */
  replace(user: OpenUser, profile: UserProfile): boolean {
    user.session.learn(metadataOf(profile.value));
    return this.showNewest(user);
  }

  /** The same of what the document's session has learnt already. */
  showNewest(user: OpenUser): boolean {
    const changed = user.session.settle();
    if (changed) this.#fireChanged(user);
    return changed;
  }

  /** What the tenant's token allows has changed: VS Code asks again whether documents are read-only. */
  permissionsChanged(tenant: TenantDomain): void {
    for (const user of this.users.ofTenant(tenant)) this.#fireChanged(user);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.users.dispose();
    for (const emitter of [this.#changed, this.#saved, this.#failed, this.#copyRefused, this.#merged])
      emitter.dispose();
  }

  /** Whether VS Code would not act on a newer file now: it only shows one in place of text without unsaved changes. */
  #isBehind(user: OpenUser): boolean {
    return user.hasUnsavedText || this.#saves.isUnderWay(user.uri);
  }

  /** @throws what VS Code is to be told where the document is not saved: only throwing keeps it dirty */
  async #save(user: OpenUser, text: string): Promise<void> {
    const { tenant } = user.identity;
    const questions = saveDialogs(this.#dialogs, user.label, tenant);
    let outcome: SessionOutcome;
    try {
      outcome = await this.#requests.run(signal => user.session.save(text, settings.confirmSave(), questions, signal));
    } catch (error) {
      if (ManagementError.is(error)) this.#failed.fire({ user, error });
      throw refusalOf(error, tenant);
    }
    this.#saved.fire({ user, outcome });
    if ('now' in outcome) this.#showOthers(user, outcome.now);
    const refusal = refusalOfOutcome(outcome, tenant);
    if (refusal) throw refusal;
  }

  /** The same user under another URI: its document is brought up to date as soon as nothing of it is unsaved. */
  #showOthers(saved: OpenUser, now: Sections): void {
    for (const user of this.users.of(saved.identity)) {
      if (user === saved || !user.document) continue;
      user.session.learn(now);
      if (!this.#isBehind(user)) this.#settle(user);
    }
  }

  /** Not during a save: VS Code would not show it. Nor does it show what it was told of while there was unsaved text. */
  #settle(user: OpenUser): void {
    if (this.#saves.isUnderWay(user.uri)) return;
    const { session, document } = user;
    if (session.settle() || session.text !== document?.getText()) this.#fireChanged(user);
  }

  #fireChanged(user: OpenUser): void {
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri: user.uri }]);
  }
}
