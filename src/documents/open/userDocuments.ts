// The only way to open a user's document: never the same user twice under two labels.
import * as vscode from 'vscode';
import type { JsonPath } from '../../json/value';
import type { ResourceId } from '../../management/resourceId';
import type { UserProfile } from '../../management/resources/users';
import type { RequestScope } from '../../shell/requestScope';
import { labelOf } from '../labels';
import { revealPath } from '../reveal';
import { toUri } from '../uris';
import type { OpenUser } from './openUser';
import type { OpenUsers } from './openUsers';
import { openUriOf } from './tabs';
import type { Updates } from './updates';

export interface OpenOptions {
  readonly reveal?: JsonPath | undefined;
  readonly viewColumn?: vscode.ViewColumn | undefined;
  /** A profile that was just received: then opening needs no request. */
  readonly profile?: UserProfile | undefined;
  readonly preview?: boolean | undefined;
}

/** VS Code reloads a document at once. If it does not within this time, the document is opened as it is. */
const SHOW_TIMEOUT_MS = 5_000;

export class UserDocuments {
  readonly #users: OpenUsers;
  readonly #updates: Updates;
  readonly #requests: RequestScope;
  #opens = 0;

  constructor(users: OpenUsers, updates: Updates, requests: RequestScope) {
    this.#users = users;
    this.#updates = updates;
    this.#requests = requests;
  }

  /**
   * Shows the user's document. One that is open is shown as it is, any other as the server holds it, after one GET. A preview
   * that was slower than the next one is not shown: nobody looks for it any more.
   *
   * @throws ManagementError
   */
  async open(identity: ResourceId, options: OpenOptions = {}): Promise<vscode.Uri> {
    const turn = ++this.#opens;
    const isOvertaken = () => turn !== this.#opens;
    const open = openUriOf(identity);
    if (open) return this.#show(open, options, isOvertaken);
    const user = await this.#preload(identity, options.profile);
    try {
      // Its tabs were closed, but VS Code still holds it and shows an old state until it has reloaded it.
      if (user.document) await untilShown(user);
      return await this.#show(user.uri, options, isOvertaken);
    } finally {
      user.session.keepFresh(false);
    }
  }

  async #show(uri: vscode.Uri, options: OpenOptions, isOvertaken: () => boolean): Promise<vscode.Uri> {
    const { viewColumn = vscode.ViewColumn.Active, preview = false, reveal } = options;
    await activateJsonFeatures();
    const document = await vscode.workspace.openTextDocument(uri);
    if (preview && isOvertaken()) return uri;
    try {
      const editor = await vscode.window.showTextDocument(document, { viewColumn, preview });
      if (reveal?.length) revealPath(editor, reveal);
    } catch (error) {
      // "Could NOT open editor": the next one came while this one was being shown.
      if (!isOvertaken()) throw error;
    }
    return uri;
  }

  async #preload(identity: ResourceId, received: UserProfile | undefined): Promise<OpenUser> {
    const profile = received ?? (await this.#requests.run(signal => this.#users.look(identity, signal))).profile;
    return this.#updates.receive(toUri(identity, labelOf(profile)), identity, profile);
  }
}

/** Resolves once the document shows what was received last, holds unsaved text, or is gone. */
export async function untilShown(user: OpenUser): Promise<void> {
  const isSettled = () => {
    const { document, session } = user;
    return !document || user.hasUnsavedText || document.getText() === session.text;
  };
  if (isSettled()) return;
  await new Promise<void>(resolve => {
    const timer = setTimeout(end, SHOW_TIMEOUT_MS);
    const look = () => isSettled() && end();
    const subscription = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(look),
      vscode.workspace.onDidCloseTextDocument(look),
    );
    function end(): void {
      clearTimeout(timer);
      subscription.dispose();
      resolve();
    }
  });
}

/** Completion, hovers and the outline come from the JSON extension, which starts by itself only for plain JSON. */
async function activateJsonFeatures(): Promise<void> {
  try {
    await vscode.extensions.getExtension('vscode.json-language-features')?.activate();
  } catch {
    // The document works without them.
  }
}
