// One user that is open, and the events of its life.
import * as vscode from 'vscode';
import { abilitiesOf } from '../management/scopes';
import type { UserProfile } from '../management/users';
import type { Clients } from './clients';
import { labelOf } from './labels';
import { userResource } from './userResource';
import { UserSession } from './userSession';
import type { UserIdentity } from './userUri';

const encoder = new TextEncoder();

export class OpenUser {
  readonly identity: UserIdentity;
  readonly session: UserSession;
  readonly #clients: Clients;
  /** Every tab of the document was closed: the next read wants the server's state, not the one remembered here. */
  tabsClosed = false;
  /** The document's version when its last save began. */
  savedVersion: number | undefined;
  #uri: vscode.Uri;
  #label: string | undefined;
  #encoded: { readonly text: string; readonly bytes: Uint8Array } | undefined;

  constructor(identity: UserIdentity, uri: vscode.Uri, clients: Clients) {
    this.identity = identity;
    this.#uri = uri;
    this.#clients = clients;
    const remember = (profile: UserProfile) => {
      this.#label = labelOf(profile);
    };
    this.session = new UserSession(userResource(identity, clients, remember));
  }

  get uri(): vscode.Uri {
    return this.#uri;
  }

  /** The document was opened under another label. */
  moveTo(uri: vscode.Uri): void {
    this.#uri = uri;
  }

  /** What to call the user: as the server has it, else as the tab does. */
  get label(): string {
    return this.#label ?? this.#uri.path.slice(this.#uri.path.lastIndexOf('/') + 1).replace(/\.json$/, '');
  }

  /** The file's bytes; empty until it was loaded. */
  get bytes(): Uint8Array {
    const text = this.session.text ?? '';
    if (this.#encoded?.text !== text) this.#encoded = { text, bytes: encoder.encode(text) };
    return this.#encoded.bytes;
  }

  /** Known not to be savable. Without any I/O: a token that was not looked at yet counts as one that may. */
  get isReadonly(): boolean {
    const claims = this.#clients.knownClaims(this.identity.tenant);
    return claims !== undefined && !abilitiesOf(claims.scopes).canUpdate;
  }

  /** The open document, if VS Code holds one. */
  get document(): vscode.TextDocument | undefined {
    const uri = this.#uri.toString();
    return vscode.workspace.textDocuments.find(document => document.uri.toString() === uri);
  }

  /** Whether the document holds what is not saved. VS Code calls one clean that was typed on during its last save. */
  get hasUnsavedText(): boolean {
    const { document } = this;
    return document !== undefined && (document.isDirty || document.getText() !== this.session.text);
  }

  /** Right after a save, whether the document has changed since it began: then VS Code would show nothing newer. */
  get wasTypedOn(): boolean {
    return this.hasUnsavedText || this.document?.version !== this.savedVersion;
  }
}
