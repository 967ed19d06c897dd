// The open documents of users, by URI. Passes VS Code's events on to their sessions.
import * as vscode from 'vscode';
import type { Priority } from '../../management/budget/lanes';
import { type ResourceId, resourceKey, sameResource } from '../../management/resourceId';
import type { UserProfile } from '../../management/resources/users';
import type { TenantDomain } from '../../management/tenant';
import type { Sections } from '../../metadata/document';
import type { Clients } from '../../saving/clients';
import { SerialQueue } from '../../saving/serialQueue';
import { isActive } from '../activeDocument';
import { fromUri, USER_SCHEME } from '../uris';
import { OpenUser } from './openUser';
import { documentIn, hasTab, isCleanInTabs } from './tabs';

/** A profile that was read after `saves` saves of the user had begun. It is out of date once another save begins. */
export interface Look {
  readonly profile: UserProfile;
  readonly saves: number;
}

/** A document, and the server state that it now shows and did not show before. */
export interface TookIn {
  readonly user: OpenUser;
  readonly remote: Sections;
}

/** What the server held when no save of the user was under way. */
export interface Seen {
  readonly identity: ResourceId;
  readonly profile: UserProfile;
}

/** A person who undoes nothing for this long has stopped undoing. */
const UNDOING_MS = 1_000;

/**
 * Each document has its own session. The same user can be open under two URIs, if the label has changed or somebody has
 * built a URI by hand. These are two texts with two merge bases, and their saves run one after the other.
 */
export class OpenUsers implements vscode.Disposable {
  readonly #clients: Clients;
  readonly #byUri = new Map<string, OpenUser>();
  readonly #queues = new Map<string, SerialQueue>();
  readonly #undoingMs: number;
  readonly #pauses = new Map<OpenUser, NodeJS.Timeout>();
  readonly #shownClean = new vscode.EventEmitter<OpenUser>();
  readonly #tookIn = new vscode.EventEmitter<TookIn>();
  readonly #seen = new vscode.EventEmitter<Seen>();
  readonly #subscription: vscode.Disposable;

  /** Fires when a document begins to show text without unsaved changes, or when its save has ended. */
  readonly onDidShowClean = this.#shownClean.event;
  /** Fires when a document without unsaved changes shows another server state than before. */
  readonly onDidTakeIn = this.#tookIn.event;
  /** Fires when the user was read from the server between saves, by `look` or at the beginning of a save. */
  readonly onDidSee = this.#seen.event;

  /** @param undoingMs how long to wait after an undo; 0: not at all */
  constructor(clients: Clients, undoingMs: number = UNDOING_MS) {
    this.#clients = clients;
    this.#undoingMs = undoingMs;
    const hear = (document: vscode.TextDocument) => this.#hear(document);
    // VS Code does not read a document that it restores with unsaved text, so it is added here.
    const meet = (document: vscode.TextDocument) => {
      const identity = document.uri.scheme === USER_SCHEME ? fromUri(document.uri) : undefined;
      if (identity) this.add(document.uri, identity);
      this.#hear(document);
    };
    vscode.workspace.textDocuments.forEach(meet);
    this.#subscription = vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument(meet),
      vscode.workspace.onDidChangeTextDocument(change => this.#follow(change)),
      vscode.workspace.onWillSaveTextDocument(({ document }) =>
        this.at(document.uri)?.session.announce(document.getText()),
      ),
      vscode.workspace.onDidSaveTextDocument(document => {
        hear(document);
        this.#hearTabs(document.uri);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => uri.scheme === USER_SCHEME && this.#prune()),
      vscode.window.tabGroups.onDidChangeTabs(({ changed }) => {
        for (const { input } of changed) this.#hearTabs(documentIn(input));
      }),
    );
  }

  at(uri: vscode.Uri): OpenUser | undefined {
    return this.#byUri.get(uri.toString());
  }

  /** The document of `uri`, else of the user that it names: the left side of a comparison, a profile, another label. */
  about(uri: vscode.Uri): OpenUser | undefined {
    return this.at(uri) ?? this.find(fromUri(uri));
  }

  /** Every document of the user. */
  of(identity: ResourceId): readonly OpenUser[] {
    return this.all().filter(user => sameResource(user.identity, identity));
  }

  /** The user's document that a person would mean: the one in front, else one with a tab, else any. */
  find(identity: ResourceId | undefined): OpenUser | undefined {
    if (!identity) return undefined;
    const users = this.of(identity);
    return users.find(({ uri }) => isActive(uri)) ?? users.find(({ uri }) => hasTab(uri)) ?? users[0];
  }

  all(): readonly OpenUser[] {
    return [...this.#byUri.values()];
  }

  ofTenant(tenant: TenantDomain): readonly OpenUser[] {
    return this.all().filter(({ identity }) => identity.tenant === tenant);
  }

  /**
   * Reads the user from the server with one request. If a save begins before the answer, it asks again: the answer may
   * be older than what the save has made.
   *
   * @throws ManagementError
   */
  async look(identity: ResourceId, signal?: AbortSignal, priority: Priority = 'user'): Promise<Look> {
    const { tenant, id } = identity;
    const get = async () => (await this.#clients.client(tenant)).at(priority).getUser(id, signal);
    const { answer, saves } = await this.#queueOf(identity).read(get);
    this.#seen.fire({ identity, profile: answer });
    return { profile: answer, saves };
  }

  /** The document of `uri`. It is added if it is not open yet. */
  add(uri: vscode.Uri, identity: ResourceId): OpenUser {
    const open = this.at(uri);
    if (open) return open;
    const seen = (profile: UserProfile) => this.#seen.fire({ identity, profile });
    const user = new OpenUser(identity, uri, this.#clients, this.#queueOf(identity), seen);
    this.#byUri.set(uri.toString(), user);
    // A document restored by VS Code, or left by an earlier extension host, was opened before this class listened.
    if (user.document) this.#hear(user.document);
    return user;
  }

  /** Forgets `user` unless VS Code holds its document. */
  release(user: OpenUser): void {
    if (user.document || user.session.isFresh) return;
    this.#byUri.delete(user.uri.toString());
    if (!this.of(user.identity).length) this.#queues.delete(resourceKey(user.identity));
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const pause of this.#pauses.values()) clearTimeout(pause);
    this.#shownClean.dispose();
    this.#tookIn.dispose();
    this.#seen.dispose();
  }

  #queueOf(identity: ResourceId): SerialQueue {
    const key = resourceKey(identity);
    const queue = this.#queues.get(key) ?? new SerialQueue();
    this.#queues.set(key, queue);
    return queue;
  }

  #hear(document: vscode.TextDocument): void {
    if (document.uri.scheme !== USER_SCHEME || document.isDirty) return;
    const user = this.at(document.uri);
    if (!user) return;
    const remote = user.session.show(document.getText());
    if (remote) this.#tookIn.fire({ user, remote });
    if (!user.hasUnsavedText) this.#shownClean.fire(user);
  }

  /**
   * Only tabs tell which text VS Code takes for saved, see DocumentState.sayClean. Waits until the user stops undoing:
   * a reload in between would take away the way back to their text.
   */
  #hearTabs(uri: vscode.Uri | undefined): void {
    const user = uri && this.at(uri);
    if (!user || !isCleanByMistake(user)) return;
    const text = user.document?.getText();
    const look = () => {
      this.#pauses.delete(user);
      if (user.document?.getText() !== text || !isCleanByMistake(user)) return;
      user.session.sayClean(text);
      this.#shownClean.fire(user);
    };
    clearTimeout(this.#pauses.get(user));
    if (this.#undoingMs === 0) look();
    else this.#pauses.set(user, setTimeout(look, this.#undoingMs));
  }

  #follow({ document, reason, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const user = contentChanges.length ? this.at(document.uri) : undefined;
    const text = () => document.getText();
    user?.session.follow(text, howOf(reason));
    this.#hear(document);
    user?.session.goOn(text);
  }

  #prune(): void {
    for (const user of this.all()) this.release(user);
  }
}

function isCleanByMistake(user: OpenUser): boolean {
  return user.hasUnsavedText && !user.document?.isDirty && isCleanInTabs(user.uri);
}

function howOf(reason: vscode.TextDocumentChangeReason | undefined): 'typed' | 'undo' | 'redo' {
  if (reason === undefined) return 'typed';
  return reason === vscode.TextDocumentChangeReason.Undo ? 'undo' : 'redo';
}

/** The user whose document `uri` is. @throws FileSystemError for any other URI */
export function identityOf(uri: vscode.Uri): ResourceId {
  const identity = fromUri(uri);
  if (!identity) throw vscode.FileSystemError.FileNotFound(uri);
  return identity;
}
