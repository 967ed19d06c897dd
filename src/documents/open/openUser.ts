// One document of a user, with its session.
import * as vscode from 'vscode';
import { type Abilities, abilitiesOf } from '../../management/auth/scopes';
import { isRefusing, type Refusing } from '../../management/environment';
import type { ResourceId } from '../../management/resourceId';
import type { UserProfile } from '../../management/resources/users';
import type { TenantDomain } from '../../management/tenant';
import type { Clients } from '../../saving/clients';
import { userResource } from '../../saving/resource';
import type { SerialQueue } from '../../saving/serialQueue';
import { DocumentSession } from '../../saving/session';
import { labelOf } from '../labels';

const encoder = new TextEncoder();

/** The tenant's lock (see LockState), or a token without the scopes. */
export type ReadonlyReason = Refusing | 'scopes';

/**
 * The reason that has to go first: without the scopes, unlocking the tenant changes nothing, and for good means with any token.
 * No I/O: a token that is not known yet counts as allowing everything.
 *
 * @param ability what a document of the tenant is saved with
 */
export function readonlyReasonOf(
  tenant: TenantDomain,
  clients: Pick<Clients, 'knownClaims' | 'lockState'>,
  ability: keyof Abilities = 'canUpdate',
): ReadonlyReason | undefined {
  const lock = clients.lockState(tenant);
  if (lock === 'readOnly') return lock;
  if (!abilitiesOf(clients.knownClaims(tenant)?.scopes)[ability]) return 'scopes';
  return isRefusing(lock) ? lock : undefined;
}

export class OpenUser {
  readonly identity: ResourceId;
  readonly uri: vscode.Uri;
  readonly session: DocumentSession;
  readonly #clients: Clients;
  #label: string | undefined;
  #encoded: { readonly text: string; readonly bytes: Uint8Array } | undefined;

  /** @param seen is called with the profile that the server holds when a save begins */
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
    this.session = new DocumentSession(userResource(identity, clients, remember), queue);
  }

  /** The name of the user in messages: as the server has it, else as the tab shows it. */
  get label(): string {
    return this.#label ?? this.uri.path.slice(this.uri.path.lastIndexOf('/') + 1).replace(/\.json$/, '');
  }

  /** The file's bytes; empty until it was loaded. */
  get bytes(): Uint8Array {
    const text = this.session.text ?? '';
    if (this.#encoded?.text !== text) this.#encoded = { text, bytes: encoder.encode(text) };
    return this.#encoded.bytes;
  }

  /** Why the user cannot be saved now; undefined if nothing is known against it. */
  get readonlyReason(): ReadonlyReason | undefined {
    return readonlyReasonOf(this.identity.tenant, this.#clients);
  }

  /** The document, if VS Code holds it, with or without a tab. */
  get document(): vscode.TextDocument | undefined {
    return documentOf(this.uri);
  }

  /** Whether the document holds text that is not saved. */
  get hasUnsavedText(): boolean {
    const { document } = this;
    return document !== undefined && this.session.isUnsaved(document.getText(), document.isDirty);
  }
}

/** Searches instead of tracking events: changing the language mode closes and opens a document that stays as it is. */
export function documentOf(uri: vscode.Uri): vscode.TextDocument | undefined {
  const wanted = uri.toString();
  return vscode.workspace.textDocuments.find(document => document.uri.toString() === wanted);
}
