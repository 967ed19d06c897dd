// One document of a user, as VS Code holds it, with its session.

import * as vscode from 'vscode';
import { abilitiesOf } from '../../management/auth/scopes';
import type { ResourceId } from '../../management/resourceId';
import type { UserProfile } from '../../management/resources/users';
import type { Clients } from '../../saving/clients';
import { userResource } from '../../saving/resource';
import type { SerialQueue } from '../../saving/serialQueue';
import { UserSession } from '../../saving/session';
import { labelOf } from '../labels';

const encoder = new TextEncoder();

export class OpenUser {
  readonly identity: ResourceId;
  readonly uri: vscode.Uri;
  readonly session: UserSession;
  readonly #clients: Clients;
  /** What was received has not been read yet: the next read needs no request. */
  isFresh: boolean = false;
  /** False once its last tab was closed: it is worth a look at the server when it gets one again. */
  isCurrent: boolean = true;
  #saidClean: string | undefined;
  #label: string | undefined;
  #encoded: { readonly text: string; readonly bytes: Uint8Array } | undefined;

  /** @param seen hears what the server holds, when a save begins */
  constructor(
    identity: ResourceId,
    uri: vscode.Uri,
    clients: Clients,
    queue: SerialQueue,
    seen: (profile: UserProfile) => void,
  ) {
    this.identity = identity;
    this.uri = uri;
    this.#clients = clients;
    const remember = (profile: UserProfile, isCurrent: boolean) => {
      this.#label = labelOf(profile);
      if (isCurrent) seen(profile);
    };
    this.session = new UserSession(userResource(identity, clients, remember), queue);
  }

  /** What to call the user: as the server has it, else as the tab does. */
  get label(): string {
    return this.#label ?? this.uri.path.slice(this.uri.path.lastIndexOf('/') + 1).replace(/\.json$/, '');
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

  /** The document, where VS Code holds one: with a tab or without. */
  get document(): vscode.TextDocument | undefined {
    return documentOf(this.uri);
  }

  /**
   * Whether the document holds what is not saved. `isDirty` alone does not tell: it is false for a document that was typed
   * on during its last save, and for one that is shown in another encoding.
   */
  get hasUnsavedText(): boolean {
    const { document } = this;
    if (!document) return false;
    const text = document.getText();
    return text !== this.#saidClean && (document.isDirty || !this.session.isShown(text));
  }

  /**
   * VS Code takes the text that is there for the saved one. It is wrong about that after undoing past a save during which
   * something was typed: of such a save it only remembers that the text before it was clean.
   */
  sayClean(): void {
    this.#saidClean = this.document?.getText();
  }

  /** The document has another text: what VS Code has said of the last one is over. */
  textChanged(): void {
    this.#saidClean = undefined;
  }
}

/** By looking and not by events: a change of the language mode closes and opens a document that stays as it is. */
export function documentOf(uri: vscode.Uri): vscode.TextDocument | undefined {
  const wanted = uri.toString();
  return vscode.workspace.textDocuments.find(document => document.uri.toString() === wanted);
}
