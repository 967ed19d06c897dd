// The tenants that the user has added, and the way into each. Records in globalState, secrets in SecretStorage only.
import * as vscode from 'vscode';
import type { Credentials } from '../management/auth/credentials';
import { type Abilities, abilitiesOf } from '../management/auth/scopes';
import type { TokenClaims } from '../management/auth/token';
import type { ManagementClient } from '../management/client';
import { ManagementError } from '../management/errors';
import type { Tenant, TenantDomain } from '../management/tenant';
import { isSamePlace } from './moveTenant';
import type { Connect, TenantConnection } from './openAccess';
import { decodeRecords, decodeSecret, domainOfSecretKey, encodeSecret, secretKey, type TenantRecord } from './record';
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
  /** Asks before a domain that is connected at one place is connected at another. */
  readonly mayMove: (from: TenantRecord, to: TenantRecord) => Promise<boolean>;
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
  /** Whose secret this window is writing: the echo of an earlier write may come in only now. */
  readonly #writing = new Set<TenantDomain>();
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

  /**
   * Adds a tenant, or gives one that is there other credentials. The same again changes nothing.
   *
   * @returns the tenant's record; the one that stays as it is where the user did not want it to move
   */
  async add({ domain, origin }: Tenant, credentials: Credentials): Promise<TenantRecord> {
    const record: TenantRecord = { domain, origin, kind: credentials.kind };
    const held = await this.#holdsAgainst(record);
    if (held) return held;
    const text = encodeSecret(record, credentials);
    if (this.get(domain)?.kind === record.kind && (await this.#readSecret(domain)) === text) return record;
    // The record first: another window hears of the secret, and by then must find the record.
    const isNew = await this.#putRecord(record);
    await this.#writeSecret(domain, text);
    this.#forgetConnection(domain);
    this.#fire(domain, isNew ? 'added' : 'credentials');
    return record;
  }

  /** Starts the sample tenant and adds it. Resolves as `add` does. */
  async addSample(): Promise<TenantRecord> {
    const { domain, origin } = (await this.#options.sample.start()).tenant;
    const record: TenantRecord = { domain, origin, kind: 'sample' };
    const held = await this.#holdsAgainst(record);
    if (held) return held;
    const before = this.get(domain);
    const isNew = await this.#putRecord(record);
    if (before?.kind !== 'sample') {
      // What was entered for another place is of no more use, and other windows hear of the change by it.
      await this.#writeSecret(domain, undefined);
      this.#forgetConnection(domain);
    }
    this.#fire(domain, isNew ? 'added' : 'credentials');
    return record;
  }

  /** Forgets the tenant and its secret. The tenant itself is not touched. */
  async remove(domain: TenantDomain): Promise<void> {
    const records = this.all().filter(record => record.domain !== domain);
    await this.#options.state.update(STATE_KEY, records);
    await this.#writeSecret(domain, undefined);
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
    if (this.#writing.has(domain)) return;
    const [isKnown, known] = [this.#secretTexts.has(domain), this.#secretTexts.get(domain)];
    const text = await this.#readSecret(domain);
    // What was read before a write of this window is older than it.
    const isOlder = this.#writing.has(domain) || this.#secretTexts.get(domain) !== known;
    if (isOlder || (isKnown && known === text)) return;
    this.#secretTexts.set(domain, text);
    this.#forgetConnection(domain);
    this.#fire(domain, this.get(domain) === undefined ? 'removed' : 'credentials');
  }

  /** The record that the domain has and is to keep, because it is connected elsewhere and the user said no. */
  async #holdsAgainst(record: TenantRecord): Promise<TenantRecord | undefined> {
    let asked: TenantRecord | undefined;
    for (;;) {
      const held = this.get(record.domain);
      // An answer counts for what was asked about: another window may have moved the tenant meanwhile.
      if (!held || isSamePlace(held, record) || (asked && isSamePlace(held, asked))) return undefined;
      if (!(await this.#options.mayMove(held, record))) return held;
      asked = held;
    }
  }

  async #putRecord(record: TenantRecord): Promise<boolean> {
    const records = this.all();
    const isOther = ({ domain }: TenantRecord) => domain !== record.domain;
    const isNew = records.every(isOther);
    const updated = isNew ? [...records, record] : records.map(other => (isOther(other) ? other : record));
    await this.#options.state.update(STATE_KEY, updated);
    return isNew;
  }

  async #readSecret(domain: TenantDomain): Promise<string | undefined> {
    return this.#options.secrets.get(secretKey(domain));
  }

  async #writeSecret(domain: TenantDomain, text: string | undefined): Promise<void> {
    this.#secretTexts.set(domain, text);
    this.#writing.add(domain);
    const key = secretKey(domain);
    const { secrets } = this.#options;
    try {
      await (text === undefined ? secrets.delete(key) : secrets.store(key, text));
    } finally {
      this.#writing.delete(domain);
    }
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
