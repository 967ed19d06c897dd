// The client of each tenant, and what its token allows. Opened on first use, dropped when the credentials change.
import * as vscode from 'vscode';
import type { Credentials } from '../management/auth/credentials';
import type { TokenClaims } from '../management/auth/token';
import type { SeenLimit } from '../management/budget/word';
import type { ManagementClient } from '../management/client';
import type { LockState } from '../management/environment';
import { ManagementError } from '../management/errors';
import type { Tenant, TenantDomain } from '../management/tenant';
import type { TenantGuard } from './guard';
import type { Access, OpenAccess } from './openAccess';
import { credentialsKindOf, type TenantRecord } from './record';
import type { SampleTenant } from './sample';
import { signedInWith } from './signIn/signedIn';
import type { StoreChange, TenantStore } from './tenantStore';

/**
 * `scopes`: the token's scopes became known, or changed with a new token. `token`: the service has refused the token, or accepts
 * it again. `lock`: the tenant was locked or unlocked.
 */
export interface TenantChange {
  readonly domain: TenantDomain;
  readonly what: Exclude<StoreChange['what'], 'confirmed'> | 'scopes' | 'token' | 'lock';
}

export interface AccessOptions {
  readonly store: Pick<TenantStore, 'get' | 'credentials' | 'onDidChange'>;
  readonly openAccess: OpenAccess;
  readonly sample: Pick<SampleTenant, 'start'>;
  readonly guard: Pick<TenantGuard, 'stateOf' | 'onDidChange'>;
}

interface OpenTenant extends Access {
  readonly tenant: Tenant;
}

export class TenantAccess implements vscode.Disposable {
  readonly #options: AccessOptions;
  readonly #changed = new vscode.EventEmitter<TenantChange>();
  readonly #open = new Map<TenantDomain, Promise<OpenTenant>>();
  readonly #claims = new Map<TenantDomain, TokenClaims>();
  readonly #refused = new Set<TenantDomain>();
  readonly #listener: vscode.Disposable;
  #disposed: boolean = false;

  /** Fires for `scopes`, for `token`, for `lock`, and for each change of the store, after the old client was dropped. */
  readonly onDidChange = this.#changed.event;

  constructor(options: AccessOptions) {
    this.#options = options;
    this.#listener = vscode.Disposable.from(
      options.store.onDidChange(change => this.#storeChanged(change)),
      options.guard.onDidChange(domain => this.#fire(domain, 'lock')),
    );
  }

  /** @throws ManagementError `unauthorized` without a status, if nobody is signed in or the tenant is not known */
  async client(domain: TenantDomain): Promise<ManagementClient> {
    return (await this.#opened(domain)).client;
  }

  /** The tenant with its current origin: the sample tenant's port changes with each start. Throws like `client`. */
  async tenant(domain: TenantDomain): Promise<Tenant> {
    return (await this.#opened(domain)).tenant;
  }

  /** The claims of the last token used in this session; undefined before the first. No I/O. */
  knownClaims(domain: TenantDomain): TokenClaims | undefined {
    return this.#claims.get(domain);
  }

  /** Whether the service has refused the tenant's token, and has not accepted it since. No I/O. */
  isTokenRefused(domain: TenantDomain): boolean {
    return this.#refused.has(domain);
  }

  /** The rate limits as last seen, by kind of request; none before the first answer. No I/O. */
  async limits(domain: TenantDomain): Promise<readonly SeenLimit[]> {
    return (await this.#open.get(domain))?.limits() ?? [];
  }

  /** Whether the tenant may be changed now. */
  lockState(domain: TenantDomain): LockState {
    return this.#options.guard.stateOf(domain);
  }

  /** Gets a token, so that its claims are known. For a pasted one without a request. Throws like `client`. */
  async learnClaims(domain: TenantDomain): Promise<TokenClaims | undefined> {
    await (await this.#opened(domain)).tokens.getToken();
    return this.knownClaims(domain);
  }

  /** How the user is signed in, in words; undefined for a tenant without credentials, and for one that was not added. */
  signedIn(domain: TenantDomain): string | undefined {
    const record = this.#options.store.get(domain);
    const kind = record && credentialsKindOf(record);
    return kind && signedInWith(kind);
  }

  dispose(): void {
    this.#disposed = true;
    this.#listener.dispose();
    this.#open.clear();
    this.#claims.clear();
    this.#refused.clear();
    this.#changed.dispose();
  }

  #opened(domain: TenantDomain): Promise<OpenTenant> {
    const open = this.#open.get(domain);
    if (open !== undefined) return open;
    const opening: Promise<OpenTenant> = this.#openNow(domain, () => this.#open.get(domain) === opening);
    this.#open.set(domain, opening);
    opening.catch(() => {
      if (this.#open.get(domain) === opening) this.#open.delete(domain);
    });
    return opening;
  }

  async #openNow(domain: TenantDomain, isCurrent: () => boolean): Promise<OpenTenant> {
    const record = this.#options.store.get(domain);
    if (record === undefined) throw notSignedIn();
    const { tenant, credentials } = await this.#entrance(record);
    const access = await this.#options.openAccess(tenant, credentials, {
      // A token that arrives after the credentials were changed does not count.
      onToken: claims => isCurrent() && this.#learn(domain, claims),
      onTokenAnswer: isAccepted => isCurrent() && this.#judged(domain, isAccepted),
      lock: () => this.lockState(domain),
      isCurrent,
    });
    return { tenant, ...access };
  }

  async #entrance(record: TenantRecord): Promise<{ readonly tenant: Tenant; readonly credentials: Credentials }> {
    const { store, sample } = this.#options;
    if (record.kind === 'sample') {
      const { tenant, token } = await sample.start();
      return { tenant, credentials: { kind: 'token', token } };
    }
    const credentials = await store.credentials(record);
    if (credentials === undefined) throw notSignedIn();
    return { tenant: record, credentials };
  }

  #storeChanged({ domain, what, staysOpen }: StoreChange): void {
    const isAgain = what === 'confirmed';
    // A pasted token that works is the same. Refused before, or a secret, with which the service may grant more by now: all begins
    // again, as with other credentials.
    if (isAgain && !this.#refused.has(domain) && this.#options.store.get(domain)?.kind === 'token') return;
    if (isAgain || !staysOpen) this.#forget(domain);
    this.#fire(domain, isAgain ? 'credentials' : what);
  }

  #learn(domain: TenantDomain, { scopes, expiresAtMs }: TokenClaims): void {
    this.#claims.set(domain, { scopes, expiresAtMs });
    this.#fire(domain, 'scopes');
  }

  #judged(domain: TenantDomain, isAccepted: boolean): void {
    if (isAccepted !== this.#refused.has(domain)) return;
    if (isAccepted) this.#refused.delete(domain);
    else this.#refused.add(domain);
    this.#fire(domain, 'token');
  }

  #forget(domain: TenantDomain): void {
    this.#open.delete(domain);
    this.#claims.delete(domain);
    this.#refused.delete(domain);
  }

  #fire(domain: TenantDomain, what: TenantChange['what']): void {
    if (!this.#disposed) this.#changed.fire({ domain, what });
  }
}

/** Has no status, because it is not an answer of the service. */
function notSignedIn(): ManagementError {
  return new ManagementError('not signed in', { kind: 'unauthorized', outcome: 'notSent' });
}
