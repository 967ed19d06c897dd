// The records of the tenants in globalState, changed one after the other, each change as a whole or not at all.
import type * as vscode from 'vscode';
import type { TenantDomain } from '../management/tenant';
import { decodeRecords, type TenantRecord } from './record';

const STATE_KEY = 'auth0Metadata.tenants';

export class RecordStore {
  readonly #state: vscode.Memento;
  #last: Promise<unknown> = Promise.resolve();

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  /** As they were added. Read again each time: another window may have changed them. */
  all(): readonly TenantRecord[] {
    return decodeRecords(this.#state.get(STATE_KEY));
  }

  get(domain: TenantDomain): TenantRecord | undefined {
    return this.all().find(record => record.domain === domain);
  }

  /** Runs `change` after all earlier ones have ended: what it reads is still so when it writes. */
  inTurn<T>(change: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(change);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /**
   * Puts `record` in the place of the one that there is, or takes that away. Call it in turn.
   *
   * @param complete what belongs to the change: if it fails, the record is as it was
   */
  async write(
    domain: TenantDomain,
    record: TenantRecord | undefined,
    complete: () => Promise<void> = async () => undefined,
  ): Promise<void> {
    const before = this.get(domain);
    await this.#put(domain, record);
    try {
      await complete();
    } catch (error) {
      await this.#put(domain, before);
      throw error;
    }
  }

  async #put(domain: TenantDomain, record: TenantRecord | undefined): Promise<void> {
    const all = this.all();
    const at = all.findIndex(other => other.domain === domain);
    const now = record ? [record] : [];
    await this.#state.update(STATE_KEY, at < 0 ? [...all, ...now] : all.toSpliced(at, 1, ...now));
  }
}
