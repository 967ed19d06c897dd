// Puts every save into the history. Nothing that happens here can stop or delay a save.
import type { HistoryStore } from './historyStore';
import type { SaveRecord } from './saveRecord';

export class Recorder {
  readonly #store: HistoryStore;
  readonly #enabled: () => boolean;
  readonly #onError: (error: unknown) => void;
  #pending: Promise<void> = Promise.resolve();
  #lastMs = 0;

  /** @param onError hears of a disk that does not take a record */
  constructor(store: HistoryStore, enabled: () => boolean, onError: (error: unknown) => void) {
    this.#store = store;
    this.#enabled = enabled;
    this.#onError = onError;
  }

  record(save: Omit<SaveRecord, 'savedAtMs'>): void {
    if (!this.#enabled()) return;
    // Two saves within a millisecond, or a clock that is set back, must not change places.
    this.#lastMs = Math.max(Date.now(), this.#lastMs + 1);
    const record = { ...save, savedAtMs: this.#lastMs };
    this.#pending = this.#pending.then(() => this.#store.add(record)).catch(this.#onError);
  }

  /** Once everything that was recorded so far is on disk. */
  flushed(): Promise<void> {
    return this.#pending;
  }
}
