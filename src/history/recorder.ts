// Puts every save into the history. Nothing that happens here can stop or delay a save.

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

  /** @param onError hears of a disk that does not take a record */
  constructor(store: HistoryStore, enabled: () => boolean, onError: (error: unknown) => void) {
    this.#store = store;
    this.#enabled = enabled;
    this.#onError = onError;
  }

  /** A save was made. */
  record(save: Omit<SaveRecord, 'savedAtMs'>): void {
    this.seen(save, save.before);
    this.#unproven.forget(save);
    this.#add(save);
  }

  /** A PATCH was sent, and whether it was carried out is not known: it is recorded once the server shows it. */
  sent(save: SentSave): void {
    this.seen(save, save.before);
    this.#unproven.add(save);
  }

  /** The server holds `now`. */
  seen(owner: ResourceId, now: Sections): void {
    const proven = this.#unproven.takeProven(owner, now);
    if (proven) this.#add({ ...proven, after: now });
  }

  /** Whose last save may have been made or not. */
  unproven(tenant: TenantDomain, userId?: UserId): readonly ResourceId[] {
    return this.#unproven.owners(tenant, userId);
  }

  /** Once everything that was recorded so far is on disk. */
  flushed(): Promise<void> {
    return this.#pending;
  }

  #add(save: Omit<SaveRecord, 'savedAtMs'>): void {
    if (!this.#enabled()) return;
    // Two saves within a millisecond, or a clock that is set back, must not change places.
    this.#lastMs = Math.max(Date.now(), this.#lastMs + 1);
    const record = { ...save, savedAtMs: this.#lastMs };
    this.#pending = this.#pending.then(() => this.#store.add(record)).catch(this.#onError);
  }
}
