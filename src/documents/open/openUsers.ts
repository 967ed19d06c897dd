// The documents of users that are open, by URI, and what their sessions hear of VS Code.

import * as vscode from 'vscode';
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

/** What was read, and for how long it stands: until another save of the user begins. */
export interface Look {
  readonly profile: UserProfile;
  readonly saves: number;
}

/** What a document shows now, and had not taken in before. */
export interface TookIn {
  readonly user: OpenUser;
  readonly remote: Sections;
}

/** What the server holds, as far as no save under way changes it. */
export interface Seen {
  readonly identity: ResourceId;
  readonly profile: UserProfile;
}

/** So long after an undo, a person has stopped. */
const UNDOING_MS = 1_000;

/**
 * A session a document. The same user can be open under two URIs (the label has changed, or somebody has built one by
 * hand): these are two texts that have taken in two server states, and their saves follow one another.
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

  /** A document has come to show text without unsaved changes, or its save has ended. */
  readonly onDidShowClean = this.#shownClean.event;
  /** A document shows another state of the server than before, and nothing else. */
  readonly onDidTakeIn = this.#tookIn.event;
  /** The server was looked at, between saves: by itself, or by a save that begins. */
  readonly onDidSee = this.#seen.event;

  /** @param undoingMs 0 for at once */
  constructor(clients: Clients, undoingMs: number = UNDOING_MS) {
    this.#clients = clients;
    this.#undoingMs = undoingMs;
    const hear = (document: vscode.TextDocument) => this.#hear(document);
    // One that is restored with unsaved text is read by nobody.
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

  /** The document of `uri`, or of the user that it is about: the left side of a comparison, a profile, another label. */
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
   * The user as the server holds it: one request, another one where a save begins before the answer, which may then be
   * older than what the save has made.
   *
   * @throws ManagementError
   */
  async look(identity: ResourceId, signal?: AbortSignal): Promise<Look> {
    const { tenant, id } = identity;
    const get = async () => (await this.#clients.client(tenant)).getUser(id, signal);
    const { answer, saves } = await this.#queueOf(identity).read(get);
    this.#seen.fire({ identity, profile: answer });
    return { profile: answer, saves };
  }

  /** The document of `uri`, from now on one that is open. */
  add(uri: vscode.Uri, identity: ResourceId): OpenUser {
    const open = this.at(uri);
    if (open) return open;
    const seen = (profile: UserProfile) => this.#seen.fire({ identity, profile });
    const user = new OpenUser(identity, uri, this.#clients, this.#queueOf(identity), seen);
    this.#byUri.set(uri.toString(), user);
    // Restored by VS Code, or left by an earlier extension host: it was opened before anybody listened.
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
   * What VS Code takes for saved, only tabs say: see DocumentState.sayClean. Whoever goes on undoing is not interrupted: what is
   * shown instead would take the way back to their text away.
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

/** The user whose document `uri` is. @throws FileSystemError for a URI that is none */
export function identityOf(uri: vscode.Uri): ResourceId {
  const identity = fromUri(uri);
  if (!identity) throw vscode.FileSystemError.FileNotFound(uri);
  return identity;
}
