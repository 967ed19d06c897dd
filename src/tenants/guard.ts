// How carefully each tenant is treated: which are locked, which the user has unlocked in this window, and for how long.
import * as vscode from 'vscode';
import type { Environment, LockState } from '../management/environment';
import { parseTenantDomain, type TenantDomain } from '../management/tenant';
import { tenantFirst } from '../shell/tenantWords';
import type { TenantProfile } from './record';
import type { TenantStore } from './tenantStore';

export interface GuardOptions {
  readonly store: Pick<TenantStore, 'all' | 'get' | 'onDidChange'>;
  /** Whether tenants of this environment are locked until the user unlocks them. */
  readonly isLocked: (environment: Environment) => boolean;
  /** An unlocked tenant is locked again after this time without a save, in ms; 0 for never. */
  readonly relockMs: () => number;
}

/** A timer cannot wait longer (2^31 ms). */
const MAX_TIMER_MS = 2 ** 31 - 1;

interface Unlocked {
  /** When it was unlocked, or last saved to. */
  readonly sinceMs: number;
  /** What was unlocked: described anew or at another address, in another window too, it is another tenant. */
  readonly as: string;
  readonly timer: NodeJS.Timeout | undefined;
}

/** A tenant is unlocked for this window only: nothing of it is stored. */
export class TenantGuard implements vscode.Disposable {
  readonly #options: GuardOptions;
  readonly #unlocked = new Map<TenantDomain, Unlocked>();
  readonly #changed = new vscode.EventEmitter<TenantDomain>();
  readonly #storeListener: vscode.Disposable;

  /** Fires when a tenant may have been locked or unlocked. */
  readonly onDidChange = this.#changed.event;

  constructor(options: GuardOptions) {
    this.#options = options;
    this.#storeListener = options.store.onDidChange(({ domain, what }) => {
      // Whoever adds or describes a tenant anew has to unlock it anew.
      if (what === 'profile' || what === 'added' || what === 'removed') this.lock(domain);
    });
  }

  /** An unknown tenant is locked: nothing says what it is for. */
  stateOf(domain: TenantDomain): LockState {
    const profile = this.profileOf(domain);
    if (profile?.readOnly) return 'readOnly';
    if (profile && !this.#options.isLocked(profile.environment)) return 'open';
    return profile && this.#isUnlocked(domain) ? 'unlocked' : 'locked';
  }

  /** What the user says of the tenant; undefined for one that was not added. */
  profileOf(domain: TenantDomain): TenantProfile | undefined {
    return this.#options.store.get(domain);
  }

  /** `question` with the tenant in front: see tenantFirst. */
  withTenant(name: string, question: string): string {
    const domain = parseTenantDomain(name);
    return tenantFirst(domain && this.#options.store.get(domain), question);
  }

  /** Opens the tenant until the window closes, or until no save was made for a while. */
  unlock(domain: TenantDomain): void {
    this.#begin(domain, Date.now());
    this.#changed.fire(domain);
  }

  lock(domain: TenantDomain): void {
    const unlocked = this.#unlocked.get(domain);
    if (unlocked === undefined) return;
    clearTimeout(unlocked.timer);
    this.#unlocked.delete(domain);
    this.#changed.fire(domain);
  }

  /** Call after a save: the time without a save begins anew. */
  saved(domain: TenantDomain): void {
    if (this.#isUnlocked(domain)) this.#begin(domain, Date.now());
  }

  /** Call when the settings changed. The time without a save goes on. */
  settingsChanged(): void {
    for (const { domain } of this.#options.store.all()) {
      const unlocked = this.#unlocked.get(domain);
      if (unlocked) this.#begin(domain, unlocked.sinceMs);
      this.#changed.fire(domain);
    }
  }

  dispose(): void {
    for (const { timer } of this.#unlocked.values()) clearTimeout(timer);
    this.#unlocked.clear();
    this.#storeListener.dispose();
    this.#changed.dispose();
  }

  #isUnlocked(domain: TenantDomain): boolean {
    const unlocked = this.#unlocked.get(domain);
    // By the clock, because a timer stands still while the computer sleeps.
    return unlocked?.as === this.identityOf(domain) && this.#leftMs(unlocked?.sinceMs ?? 0) > 0;
  }

  #begin(domain: TenantDomain, sinceMs: number): void {
    clearTimeout(this.#unlocked.get(domain)?.timer);
    const leftMs = Math.max(0, this.#leftMs(sinceMs));
    const timer = leftMs <= MAX_TIMER_MS ? setTimeout(() => this.lock(domain), leftMs) : undefined;
    this.#unlocked.set(domain, { sinceMs, as: this.identityOf(domain), timer });
  }

  /** Infinity for until the window closes. */
  #leftMs(sinceMs: number): number {
    const relockMs = this.#options.relockMs();
    return relockMs > 0 ? sinceMs + relockMs - Date.now() : Number.POSITIVE_INFINITY;
  }

  /** Changes when the tenant moves, or is for something else. */
  identityOf(domain: TenantDomain): string {
    const record = this.#options.store.get(domain);
    return JSON.stringify([record?.origin, record?.environment]);
  }
}
