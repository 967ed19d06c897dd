// The file system of `auth0-user:`. Reading a file is a GET, writing it a planned PATCH. The rules are in src/saving.
import * as vscode from 'vscode';
import { ManagementError } from '../../management/errors';
import type { SessionOutcome } from '../../saving/session';
import { wantedCorrelationId } from '../../shell/correlationId';
import { activeUri } from '../activeDocument';
import type { ManualSaves } from '../open/manualSaves';
import { type OpenUser, readonlyReasonOf } from '../open/openUser';
import { identityOf, type OpenUsers } from '../open/openUsers';
import type { Strangers } from '../open/strangers';
import type { Updates } from '../open/updates';
import { refusalOf, refusalOfCancel, refusalOfCopy, refusalOfOutcome } from '../refusal';
import { mayCopy, saveDialogs } from '../saves/saveDialogs';
import type { CopyRefusal, SaveEvent, SaveFailure } from '../saves/saveEvents';
import { renewForSave, type SaveParts } from '../saves/saveParts';
import { DocumentFiles } from './documentFiles';
import { ShownReadonly } from './shownReadonly';

export interface UserFilesParts extends SaveParts {
  readonly users: OpenUsers;
  readonly updates: Updates;
  readonly strangers: Strangers;
  readonly saves: ManualSaves;
}

/**
 * Older than any mtime that VS Code knows, so that it never reports "file is newer". That would be a conflict of times,
 * not of contents, and would never end: VS Code does not reload a document with unsaved text.
 */
const OLDEST_MTIME = 1;

export class UserFiles extends DocumentFiles implements vscode.Disposable {
  readonly #parts: UserFilesParts;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #saved = new vscode.EventEmitter<SaveEvent>();
  readonly #failed = new vscode.EventEmitter<SaveFailure>();
  readonly #copyRefused = new vscode.EventEmitter<CopyRefusal>();
  readonly #shown = new ShownReadonly();
  readonly #subscription: vscode.Disposable;

  protected readonly depth = 3;
  readonly onDidChangeFile = this.#changed.event;
  /** Fires after every save that has an outcome, before VS Code learns of it. */
  readonly onDidSave = this.#saved.event;
  /** Fires after a save that failed, or that the service refused. */
  readonly onDidFail = this.#failed.event;
  /** Fires after *Save As* onto a user's document was refused. */
  readonly onDidRefuseCopy = this.#copyRefused.event;

  constructor(parts: UserFilesParts) {
    super();
    this.#parts = parts;
    const { users, updates, strangers } = parts;
    this.#subscription = vscode.Disposable.from(
      this.#shown,
      users.onDidShowClean(({ uri }) => {
        strangers.forget(uri);
        this.#shown.isClean(uri);
      }),
      updates.onDidChange(({ uri }) => this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }])),
    );
  }

  protected statDocument(uri: vscode.Uri): vscode.FileStat {
    const { tenant } = identityOf(uri);
    const { clients, users, updates, saves } = this.#parts;
    const user = users.at(uri);
    // Only shows what the tenant's client decides. Not for unsaved text: VS Code would not save it, and would say nothing.
    const isReadonly = readonlyReasonOf(tenant, clients) !== undefined && !user?.hasUnsavedText;
    // VS Code ends the save of a read-only file here, without a write.
    if (isReadonly) saves.ended(uri);
    this.#shown.told(uri, isReadonly);
    return {
      type: vscode.FileType.File,
      ctime: 0,
      mtime: user && !updates.isBehind(user) ? user.session.mtime : OLDEST_MTIME,
      size: user?.bytes.byteLength ?? 0,
      ...(isReadonly && { permissions: vscode.FilePermission.Readonly }),
    };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const identity = identityOf(uri);
    const { users, updates, requests } = this.#parts;
    const user = users.add(uri, identity);
    const { session } = user;
    // An open document keeps the text that was received for it, until somebody asks the server again.
    if (!session.isFresh && !(user.document && session.text !== undefined)) {
      const reason = user.readonlyReason;
      try {
        await requests.run(signal => session.load(signal));
      } catch (error) {
        users.release(user);
        throw refusalOf(error, identity.tenant, uri);
      }
      if (user.readonlyReason !== reason) updates.permissionChanged(user);
    }
    session.read(user.document?.getText());
    return user.bytes;
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const identity = identityOf(uri);
    const { users, strangers, saves, dialogs } = this.#parts;
    const text = saves.take(uri, content);
    try {
      const user = users.add(uri, identity);
      const copied = user.session.isOwn(text) ? undefined : strangers.copied(uri);
      if (copied === 'unseen') {
        this.#copyRefused.fire({ user, text, from: activeUri() ?? uri });
        throw refusalOfCopy(user.label);
      }
      if (copied && !(await mayCopy(dialogs, user.label, identity.tenant))) throw refusalOfCancel();
      strangers.forget(uri);
      await this.#save(user, text);
    } catch (error) {
      saves.ended(uri);
      throw error;
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const emitter of [this.#changed, this.#saved, this.#failed, this.#copyRefused]) emitter.dispose();
  }

  /** @throws the error for VS Code if the document was not saved: only a thrown error keeps it dirty */
  async #save(user: OpenUser, text: string): Promise<void> {
    const { tenant } = user.identity;
    const { updates, dialogs, requests } = this.#parts;
    const questions = saveDialogs({
      dialogs,
      signIn: renewForSave(this.#parts, tenant, 'canUpdate'),
      unlock: () => this.#parts.unlock(tenant, 'canUpdate'),
      about: () => this.#parts.identityOf(tenant),
      user: user.label,
      tenant,
    });
    const policy = () => this.#parts.policyOf(tenant);
    const correlationId = wantedCorrelationId();
    let outcome: SessionOutcome;
    try {
      outcome = await requests.run(signal => user.session.save(text, policy, questions, signal, correlationId));
    } catch (error) {
      if (ManagementError.is(error)) this.#failed.fire({ user, error });
      throw refusalOf(error, tenant);
    }
    this.#saved.fire({ user, outcome, correlationId });
    if ('now' in outcome) updates.showInOthers(user, outcome.now);
    const refusal = refusalOfOutcome(outcome, tenant);
    if (refusal) throw refusal;
  }
}
