// What the server holds, brought into open documents: as a reload where a document is clean, else as edits that are seen.
import * as vscode from 'vscode';
import type { ResourceId } from '../../management/resourceId';
import type { UserProfile } from '../../management/resources/users';
import type { TenantDomain } from '../../management/tenant';
import { metadataOf, type Sections } from '../../metadata/document';
import type { RequestScope } from '../../shell/requestScope';
import { applyEdits } from '../applyEdits';
import type { ManualSaves } from './manualSaves';
import type { OpenUser } from './openUser';
import type { OpenUsers, TookIn } from './openUsers';

export class Updates implements vscode.Disposable {
  readonly #users: OpenUsers;
  readonly #saves: ManualSaves;
  readonly #requests: RequestScope;
  readonly #changed = new vscode.EventEmitter<OpenUser>();
  readonly #received = new vscode.EventEmitter<OpenUser>();
  readonly #merged = new vscode.EventEmitter<TookIn>();
  readonly #subscription: vscode.Disposable;

  /** The file of a document has changed, or whether it is read-only: VS Code is to look at it again. */
  readonly onDidChange = this.#changed.event;
  /** A document has just received what the server holds. */
  readonly onDidReceive = this.#received.event;
  /** After a state of the server was merged into what is being edited. */
  readonly onDidMerge = this.#merged.event;

  constructor(users: OpenUsers, saves: ManualSaves, requests: RequestScope) {
    this.#users = users;
    this.#saves = saves;
    this.#requests = requests;
    this.#subscription = users.onDidShowClean(user => this.#settle(user));
  }

  /** Takes a profile that was just received: opening `uri` makes no further request. */
  receive(uri: vscode.Uri, identity: ResourceId, profile: UserProfile): OpenUser {
    const user = this.#users.add(uri, identity);
    if (user.document) this.replace(user, profile);
    else user.session.offer(profile);
    user.session.keepFresh(true);
    this.#received.fire(user);
    return user;
  }

  /** Puts what moved on the server into the open document, see DocumentSession.rebase. */
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
      const { profile, saves } = await this.#requests.run(signal => this.#users.look(user.identity, signal));
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
    if (changed) this.#changed.fire(user);
    return changed;
  }

  /** The same user under another URI: its document is brought up to date as soon as nothing of it is unsaved. */
  showInOthers(saved: OpenUser, now: Sections): void {
    for (const user of this.#users.of(saved.identity)) {
      if (user === saved || !user.document) continue;
      user.session.learn(now);
      if (!this.isBehind(user)) this.#settle(user);
    }
  }

  /** Whether VS Code would not act on a newer file now: it only shows one in place of text without unsaved changes. */
  isBehind(user: OpenUser): boolean {
    return user.hasUnsavedText || this.#saves.isUnderWay(user.uri);
  }

  /** What the tenant's token allows has changed: VS Code asks again whether documents are read-only. */
  permissionsChanged(tenant: TenantDomain): void {
    for (const user of this.#users.ofTenant(tenant)) this.#changed.fire(user);
  }

  /** The token of one user's tenant became known while its document was read. */
  permissionChanged(user: OpenUser): void {
    this.#changed.fire(user);
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const emitter of [this.#changed, this.#received, this.#merged]) emitter.dispose();
  }

  /** Not during a save: VS Code would not show it. Nor does it show what it was told of while there was unsaved text. */
  #settle(user: OpenUser): void {
    if (this.#saves.isUnderWay(user.uri)) return;
    const { session, document } = user;
    if (session.settle() || session.text !== document?.getText()) this.#changed.fire(user);
  }
}
