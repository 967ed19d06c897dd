// Brings server states into open documents: as a reload if a document is clean, else as visible edits.
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

  /** Fires when a document's file or its read-only state has changed, so that VS Code checks it again. */
  readonly onDidChange = this.#changed.event;
  /** Fires when a document has just received what the server holds. */
  readonly onDidReceive = this.#received.event;
  /** Fires after a server state was merged into the text that is being edited. */
  readonly onDidMerge = this.#merged.event;

  constructor(users: OpenUsers, saves: ManualSaves, requests: RequestScope) {
    this.#users = users;
    this.#saves = saves;
    this.#requests = requests;
    this.#subscription = users.onDidShowClean(user => this.#settle(user));
  }

  /** Takes a profile that was just received, so that opening `uri` needs no request. */
  receive(uri: vscode.Uri, identity: ResourceId, profile: UserProfile): OpenUser {
    const user = this.#users.add(uri, identity);
    if (user.document) this.replace(user, profile);
    else user.session.offer(profile);
    user.session.keepFresh(true);
    this.#received.fire(user);
    return user;
  }

  /** Merges what changed on the server into the open document, see DocumentSession.rebase. */
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
   * Merges what the server holds now into the document, and returns it. Conflicts stay open: the next save asks.
   *
   * @returns undefined if the text has problems
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

  /** Shows a newer server state in a document without unsaved text. Returns false if it shows that already. */
  replace(user: OpenUser, profile: UserProfile): boolean {
    user.session.learn(metadataOf(profile.value));
    return this.showNewest(user);
  }

  /** Like `replace`, with the newest state that the document's session already knows. */
  showNewest(user: OpenUser): boolean {
    const changed = user.session.settle();
    if (changed) this.#changed.fire(user);
    return changed;
  }

  /** Updates the user's documents under other URIs, each as soon as it has no unsaved text. */
  showInOthers(saved: OpenUser, now: Sections): void {
    for (const user of this.#users.of(saved.identity)) {
      if (user === saved || !user.document) continue;
      user.session.learn(now);
      if (!this.isBehind(user)) this.#settle(user);
    }
  }

  /** Whether VS Code would ignore a newer file now: it only reloads clean documents, and not during a save. */
  isBehind(user: OpenUser): boolean {
    return user.hasUnsavedText || this.#saves.isUnderWay(user.uri);
  }

  /** Call when the scopes of the tenant's token changed: VS Code checks again which documents are read-only. */
  permissionsChanged(tenant: TenantDomain): void {
    for (const user of this.#users.ofTenant(tenant)) this.#changed.fire(user);
  }

  /** Call when the tenant's token became known while this user's document was read. */
  permissionChanged(user: OpenUser): void {
    this.#changed.fire(user);
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const emitter of [this.#changed, this.#received, this.#merged]) emitter.dispose();
  }

  /**
   * Not during a save: VS Code would not reload the file. It also ignores a change while the document has unsaved text,
   * so the event is fired again once that is gone.
   */
  #settle(user: OpenUser): void {
    if (this.#saves.isUnderWay(user.uri)) return;
    const { session, document } = user;
    if (session.settle() || session.text !== document?.getText()) this.#changed.fire(user);
  }
}
