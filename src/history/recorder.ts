// Records every save in the history, in the background: an error here never stops or delays a save.

import type { ResourceId } from '../management/resourceId';
import type { UserId } from '../management/resources/users';
import type { TenantDomain } from '../management/tenant';
import type { Sections } from '../metadata/document';
import type { HistoryStore } from './historyStore';
import type { SaveRecord } from './saveRecord';
import { type SentSave, UnprovenSaves } from './unprovenSaves';

export class Recorder {
  readonly #store: HistoryStore;
  readonly #enabled: () => boolean;
  readonly #onError: (error: unknown) => void;
  readonly #unproven = new UnprovenSaves();
  #pending: Promise<void> = Promise.resolve();
  #lastMs = 0;

  /** @param onError called when a record cannot be written */
  constructor(store: HistoryStore, enabled: () => boolean, onError: (error: unknown) => void) {
    this.#store = store;
    this.#enabled = enabled;
    this.#onError = onError;
  }

  /** Call after a save. */
  record(save: Omit<SaveRecord, 'savedAtMs'>): void {
    this.seen(save, save.before);
    this.#unproven.forget(save);
    this.#add(save);
  }

  /** Call after a PATCH with an unknown outcome. It is recorded once the server's state shows that it was applied. */
  sent(save: SentSave): void {
    this.seen(save, save.before);
    this.#unproven.add(save);
  }

  /** Call with every server state that is received. */
  seen(owner: ResourceId, now: Sections): void {
    const proven = this.#unproven.takeProven(owner, now);
    if (proven) this.#add({ ...proven, after: now });
  }

  /** The users whose last save has an unknown outcome. */
  unproven(tenant: TenantDomain, userId?: UserId): readonly ResourceId[] {
    return this.#unproven.owners(tenant, userId);
  }

  /** Resolves once everything recorded so far is on disk. */
  flushed(): Promise<void> {
    return this.#pending;
  }

  #add(save: Omit<SaveRecord, 'savedAtMs'>): void {
    if (!this.#enabled()) return;
    // Keeps saves in order, even within a millisecond or after the clock was set back.
    this.#lastMs = Math.max(Date.now(), this.#lastMs + 1);
    const record = { ...save, savedAtMs: this.#lastMs };
    this.#pending = this.#pending.then(() => this.#store.add(record)).catch(this.#onError);
  }
}
