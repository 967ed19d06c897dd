// Keeps saves with an unknown outcome in memory until the server's state proves them. Independent of VS Code.

import { type ResourceId, resourceKey } from '../management/resourceId';
import type { UserId } from '../management/resources/users';
import type { TenantDomain } from '../management/tenant';
import type { Sections } from '../metadata/document';
import { isApplied } from '../metadata/encode';
import type { SaveRecord } from './saveRecord';

export type SentSave = Pick<SaveRecord, keyof ResourceId | 'label' | 'before' | 'body' | 'correlationId'>;

/** At most one per user: the next save reads the server first, and so proves the previous one or replaces it. */
export class UnprovenSaves {
  readonly #saves = new Map<string, SentSave>();

  /** Call after a PATCH with an unknown outcome. */
  add(save: SentSave): void {
    this.#saves.set(resourceKey(save), save);
  }

  /** Removes and returns the save that the server's state `now` proves to have been applied. */
  takeProven(owner: ResourceId, now: Sections): SentSave | undefined {
    const save = this.#saves.get(resourceKey(owner));
    if (!save || !isApplied(save.body, now)) return undefined;
    this.#saves.delete(resourceKey(owner));
    return save;
  }

  /** Call after a later save: from now on, the server's state comes from that one. */
  forget(owner: ResourceId): void {
    this.#saves.delete(resourceKey(owner));
  }

  /** The users with an unproven save. */
  owners(tenant: TenantDomain, userId?: UserId): readonly ResourceId[] {
    return [...this.#saves.values()].filter(save => save.tenant === tenant && (userId ?? save.id) === save.id);
  }
}
