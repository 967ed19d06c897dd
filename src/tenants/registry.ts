// The tenants that the user has added, and the way into each. Records in globalState, secrets in SecretStorage only.
import * as vscode from 'vscode';
import type { ManagementClient } from '../management/client';
import type { Credentials } from '../management/credentials';
import { ManagementError } from '../management/errors';
import { type Abilities, abilitiesOf } from '../management/scopes';
import type { Tenant, TenantDomain } from '../management/tenant';
import type { TokenClaims } from '../management/token';
import type { Connect, TenantConnection } from './connect';
import {
  decodeRecords,
  decodeSecret,
  domainOfSecretKey,
  encodeSecret,
  secretKey,
  type TenantKind,
  type TenantRecord,
} from './record';
import type { StartedSample } from './sample';

/** `scopes`: what the token allows has become known, or has changed with a new token. */
export interface TenantChange {
  readonly domain: TenantDomain;
  readonly what: 'added' | 'removed' | 'credentials' | 'scopes';
}

export interface RegistryOptions {
  readonly state: vscode.Memento;
  readonly secrets: vscode.SecretStorage;
  readonly connect: Connect;
  readonly sample: { start(): Promise<StartedSample> };
}

interface OpenConnection extends TenantConnection {
  readonly tenant: Tenant;
}

const STATE_KEY = 'auth0Metadata.tenants';

export class TenantRegistry implements vscode.Disposable {
  readonly #options: RegistryOptions;
  readonly #changed = new vscode.EventEmitter<TenantChange>();
  readonly #connections = new Map<TenantDomain, Promise<OpenConnection>>();
  readonly #claims = new Map<TenantDomain, TokenClaims>();
  /** The secrets as this window last wrote or read them, to tell another window's change from an echo. */
  readonly #secretTexts = new Map<TenantDomain, string | undefined>();
  readonly #secretsListener: vscode.Disposable;
  #disposed: boolean = false;

  readonly onDidChange = this.#changed.event;

  constructor(options: RegistryOptions) {
    this.#options = options;
    this.#secretsListener = options.secrets.onDidChange(({ key }) => {
      const domain = domainOfSecretKey(key);
      if (domain !== undefined) void this.#secretChanged(domain);
    });
  }

  /** In the order in which they were added. Read anew each time: another window may have changed them. */
  all(): readonly TenantRecord[] {
    return decodeRecords(this.#options.state.get(STATE_KEY));
  }

  get(domain: TenantDomain): TenantRecord | undefined {
    return this.all().find(record => record.domain === domain);
  }

  /** Adds a tenant, or gives one that is there other credentials. The same again changes nothing. */
  async add(tenant: Tenant, credentials: Credentials): Promise<void> {
    const text = encodeSecret(tenant, credentials);
    const isSame = this.get(tenant.domain) !== undefined && (await this.#readSecret(tenant.domain)) === text;
    if (isSame) return;
    this.#secretTexts.set(tenant.domain, text);
    // The record first: another window hears of the secret, and by then must find the record.
    const isNew = await this.#putRecord(tenant, credentials.kind);
    await this.#options.secrets.store(secretKey(tenant.domain), text);
    this.#forgetConnection(tenant.domain);
    this.#fire(tenant.domain, isNew ? 'added' : 'credentials');
  }

  /** Starts the sample tenant and adds it. Resolves with its domain. */
  async addSample(): Promise<TenantDomain> {
    const { tenant } = await this.#options.sample.start();
    const before = this.get(tenant.domain);
    const isNew = await this.#putRecord(tenant, 'sample');
    if (before?.kind !== 'sample') this.#forgetConnection(tenant.domain);
    this.#fire(tenant.domain, isNew ? 'added' : 'credentials');
    return tenant.domain;
  }

  /** Forgets the tenant and its secret. The tenant itself is not touched. */
  async remove(domain: TenantDomain): Promise<void> {
    const records = this.all().filter(record => record.domain !== domain);
    this.#secretTexts.set(domain, undefined);
    await this.#options.state.update(STATE_KEY, records);
    await this.#options.secrets.delete(secretKey(domain));
    this.#forgetConnection(domain);
    this.#fire(domain, 'removed');
  }

  /** @throws ManagementError `unauthorized` without a status where nobody is signed in, or the tenant is not known */
  async client(domain: TenantDomain): Promise<ManagementClient> {
    return (await this.#connection(domain)).client;
  }

  /** The tenant with the origin of now: the sample tenant's port is another after each start. Throws as `client` does. */
  async tenant(domain: TenantDomain): Promise<Tenant> {
    return (await this.#connection(domain)).tenant;
  }

  /** Scopes and expiry of the present token; asks for one where there is none yet. Throws as `client` does. */
  async claims(domain: TenantDomain): Promise<TokenClaims> {
    return (await this.#connection(domain)).tokens.getToken();
  }

  async abilities(domain: TenantDomain): Promise<Abilities> {
    return abilitiesOf((await this.claims(domain)).scopes);
  }

  /** Of the last token used in this session; undefined before the first. No I/O. */
  knownClaims(domain: TenantDomain): TokenClaims | undefined {
    return this.#claims.get(domain);
  }

  dispose(): void {
    this.#disposed = true;
    this.#secretsListener.dispose();
    this.#connections.clear();
    this.#claims.clear();
    this.#changed.dispose();
  }

  #connection(domain: TenantDomain): Promise<OpenConnection> {
    const open = this.#connections.get(domain);
    if (open !== undefined) return open;
    const opening: Promise<OpenConnection> = this.#open(domain, () => this.#connections.get(domain) === opening);
    this.#connections.set(domain, opening);
    opening.catch(() => {
      if (this.#connections.get(domain) === opening) this.#connections.delete(domain);
    });
    return opening;
  }

  async #open(domain: TenantDomain, isCurrent: () => boolean): Promise<OpenConnection> {
    const record = this.get(domain);
    if (record === undefined) throw notSignedIn();
    const { tenant, credentials } = await this.#entrance(record);
    const connection = await this.#options.connect(tenant, credentials, claims => {
      // A token that comes in after the credentials were changed is of no interest any more.
      if (isCurrent()) this.#learn(domain, claims);
    });
    return { tenant, ...connection };
  }

  async #entrance(record: TenantRecord): Promise<{ readonly tenant: Tenant; readonly credentials: Credentials }> {
    if (record.kind === 'sample') {
      const { tenant, token } = await this.#options.sample.start();
      return { tenant, credentials: { kind: 'token', token } };
    }
    const text = await this.#readSecret(record.domain);
    this.#secretTexts.set(record.domain, text);
    const credentials = decodeSecret(text, record);
    if (credentials === undefined) throw notSignedIn();
    return { tenant: record, credentials };
  }

  #learn(domain: TenantDomain, claims: TokenClaims): void {
    const { scopes, expiresAtMs } = claims;
    this.#claims.set(domain, { scopes, expiresAtMs });
    this.#fire(domain, 'scopes');
  }

  async #secretChanged(domain: TenantDomain): Promise<void> {
    const text = await this.#readSecret(domain);
    if (this.#secretTexts.has(domain) && this.#secretTexts.get(domain) === text) return;
    this.#secretTexts.set(domain, text);
    this.#forgetConnection(domain);
    this.#fire(domain, this.get(domain) === undefined ? 'removed' : 'credentials');
  }

  async #putRecord({ domain, origin }: Tenant, kind: TenantKind): Promise<boolean> {
    const records = this.all();
    const record: TenantRecord = { domain, origin, kind };
    const isNew = !records.some(other => other.domain === domain);
    const updated = isNew ? [...records, record] : records.map(other => (other.domain === domain ? record : other));
    await this.#options.state.update(STATE_KEY, updated);
    return isNew;
  }

  async #readSecret(domain: TenantDomain): Promise<string | undefined> {
    return this.#options.secrets.get(secretKey(domain));
  }

  #forgetConnection(domain: TenantDomain): void {
    this.#connections.delete(domain);
    this.#claims.delete(domain);
  }

  #fire(domain: TenantDomain, what: TenantChange['what']): void {
    if (!this.#disposed) this.#changed.fire({ domain, what });
  }
}

/** Not an answer of the service: no status. */
function notSignedIn(): ManagementError {
  return new ManagementError('not signed in', { kind: 'unauthorized', outcome: 'notSent' });
}
