// Saves whose outcome nobody knows yet: kept in memory until the server shows that they were made. Knows no VS Code.

import { type ResourceId, resourceKey } from '../management/resourceId';
import type { UserId } from '../management/resources/users';
import type { TenantDomain } from '../management/tenant';
import type { Sections } from '../metadata/document';
import { isApplied } from '../metadata/encode';
import type { SaveRecord } from './saveRecord';

export type SentSave = Pick<SaveRecord, keyof ResourceId | 'label' | 'before' | 'body'>;

/** At most one a user: the next save reads the server first, and so proves the one before it or goes on without it. */
export class UnprovenSaves {
  readonly #saves = new Map<string, SentSave>();

  /** A PATCH was sent, and there is no telling whether it was carried out. */
  add(save: SentSave): void {
    this.#saves.set(resourceKey(save), save);
  }

  /** The server holds `now`: gives the save that this proves to have been made, once. */
  takeProven(owner: ResourceId, now: Sections): SentSave | undefined {
    const save = this.#saves.get(resourceKey(owner));
    if (!save || !isApplied(save.body, now)) return undefined;
    this.#saves.delete(resourceKey(owner));
    return save;
  }

  /** A later save has been made: whatever is found from now on comes of that one. */
  forget(owner: ResourceId): void {
    this.#saves.delete(resourceKey(owner));
  }

  /** Whose saves are unproven. */
  owners(tenant: TenantDomain, userId?: UserId): readonly ResourceId[] {
    return [...this.#saves.values()].filter(save => save.tenant === tenant && (userId ?? save.id) === save.id);
  }
}
