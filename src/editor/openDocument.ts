// The one way in which a user's document is opened: never twice under two labels.
import * as vscode from 'vscode';
import type { JsonPath } from '../json/value';
import type { UserProfile } from '../management/users';
import type { RequestScope } from '../shell/requestScope';
import type { Clients } from './clients';
import { labelOf } from './labels';
import { revealPath } from './reveal';
import { tabsOf } from './tabs';
import type { UserFiles } from './userFiles';
import { fromUserUri, LANGUAGE_ID, sameUser, toUserUri, USER_SCHEME, type UserIdentity } from './userUri';

export interface OpenOptions {
  readonly reveal?: JsonPath | undefined;
  readonly viewColumn?: vscode.ViewColumn | undefined;
  /** Just received, so that opening needs no request of its own. */
  readonly profile?: UserProfile | undefined;
  readonly preview?: boolean | undefined;
}

export class UserDocuments {
  readonly #files: UserFiles;
  readonly #clients: Clients;
  readonly #requests: RequestScope;

  constructor(files: UserFiles, clients: Clients, requests: RequestScope) {
    this.#files = files;
    this.#clients = clients;
    this.#requests = requests;
  }

  /**
   * Shows the user's document: the open one as it is, otherwise a new one after one GET.
   *
   * @throws ManagementError
   */
  async open(identity: UserIdentity, options: OpenOptions = {}): Promise<vscode.Uri> {
    const uri = openUriOf(identity) ?? (await this.#preload(identity, options.profile));
    await activateJsonFeatures();
    const document = await vscode.workspace.openTextDocument(uri);
    const { viewColumn = vscode.ViewColumn.Active, preview = false } = options;
    const editor = await vscode.window.showTextDocument(document, { viewColumn, preview });
    if (options.reveal?.length) revealPath(editor, options.reveal);
    return uri;
  }

  async #preload(identity: UserIdentity, received: UserProfile | undefined): Promise<vscode.Uri> {
    const { tenant, userId } = identity;
    const profile =
      received ??
      (await this.#requests.run(async signal => (await this.#clients.client(tenant)).getUser(userId, signal)));
    const uri = toUserUri(identity, labelOf(profile));
    this.#files.preload(uri, identity, profile);
    return uri;
  }
}

/** The URI under which the user is open now, in a tab or without one. */
export function openUriOf(identity: UserIdentity): vscode.Uri | undefined {
  const [tab] = tabsOf(identity);
  if (tab?.input instanceof vscode.TabInputText) return tab.input.uri;
  if (tab?.input instanceof vscode.TabInputTextDiff) return tab.input.modified;
  return vscode.workspace.textDocuments.find(
    ({ uri, isDirty }) => isDirty && uri.scheme === USER_SCHEME && sameUser(fromUserUri(uri), identity),
  )?.uri;
}

/** Completion, hovers and the outline come from the JSON extension, which starts by itself only for plain JSON. */
async function activateJsonFeatures(): Promise<void> {
  try {
    await vscode.extensions.getExtension('vscode.json-language-features')?.activate();
  } catch {
    // The document works without them.
  }
}

/** Ids without a `|` are not matched by the language's file pattern. */
export function keepLanguage(schemes: readonly string[]): vscode.Disposable {
  const set = (document: vscode.TextDocument) => {
    const { scheme, path } = document.uri;
    if (!schemes.includes(scheme) || !path.endsWith('.json') || document.languageId === LANGUAGE_ID) return;
    void vscode.languages.setTextDocumentLanguage(document, LANGUAGE_ID);
  };
  vscode.workspace.textDocuments.forEach(set);
  return vscode.workspace.onDidOpenTextDocument(set);
}
