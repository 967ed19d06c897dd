// The tenants that the user has added: records in globalState, secrets in SecretStorage only.
import * as vscode from 'vscode';
import type { Credentials } from '../management/auth/credentials';
import type { Tenant, TenantDomain } from '../management/tenant';
import {
  decodeSecret,
  domainOfSecretKey,
  encodeSecret,
  guessedProfile,
  isSamePlace,
  secretKey,
  type TenantKind,
  type TenantProfile,
  type TenantRecord,
} from './record';
import { RecordStore } from './recordStore';
import type { SampleTenant } from './sample';

export interface StoreChange {
  readonly domain: TenantDomain;
  /** `confirmed`: the credentials that there are were entered once more. */
  readonly what: 'added' | 'removed' | 'credentials' | 'confirmed' | 'profile';
  /** Whether the old client stays valid: adding the sample tenant again gives the same tenant. */
  readonly staysOpen: boolean;
}

export interface StoreOptions {
  readonly state: vscode.Memento;
  readonly secrets: vscode.SecretStorage;
  readonly sample: Pick<SampleTenant, 'start'>;
  /** Asks before a domain moves to another address. */
  readonly mayMove: (from: TenantRecord, to: TenantRecord) => Promise<boolean>;
}

export class TenantStore implements vscode.Disposable {
  readonly #options: StoreOptions;
  readonly #records: RecordStore;
  readonly #changed = new vscode.EventEmitter<StoreChange>();
  /** The secrets as this window last wrote or read them, to tell another window's change from an echo. */
  readonly #secretTexts = new Map<TenantDomain, string | undefined>();
  /** Tenants whose secret this window is writing. The echo of an earlier write may arrive during that. */
  readonly #writing = new Set<TenantDomain>();
  /** Tenants that this window is adding. */
  readonly #adding = new Set<TenantDomain>();
  /** The records that this window has told of. No event says that another window has changed them. */
  #seen: readonly TenantRecord[];
  readonly #listener: vscode.Disposable;
  #disposed: boolean = false;

  readonly onDidChange = this.#changed.event;

  constructor(options: StoreOptions) {
    this.#options = options;
    this.#records = new RecordStore(options.state);
    this.#seen = this.all();
    this.#listener = vscode.Disposable.from(
      options.secrets.onDidChange(({ key }) => {
        const domain = domainOfSecretKey(key);
        if (domain !== undefined) void this.#secretChanged(domain);
      }),
      vscode.window.onDidChangeWindowState(() => this.#lookAgain()),
    );
  }

  /**
   * As they were added, read again each time: another window may have changed them. Without one that is being added: whoever
   * showed it before its secret is there would say that nobody is signed in.
   */
  all(): readonly TenantRecord[] {
    return this.#records.all().filter(({ domain }) => !this.#adding.has(domain));
  }

  get(domain: TenantDomain): TenantRecord | undefined {
    return this.#records.get(domain);
  }

  /** The credentials that were entered for the origin of `record`; undefined if nobody is signed in. */
  async credentials(record: TenantRecord): Promise<Credentials | undefined> {
    // A secret that is left over was not entered for this record.
    if (record.kind === 'signedOut') return undefined;
    const text = await this.#readSecret(record.domain);
    this.#secretTexts.set(record.domain, text);
    return decodeSecret(text, record);
  }

  /**
   * Adds a tenant, or changes the credentials of one. Adding the same again changes nothing.
   *
   * @param profile of a new tenant; guessed without it. A tenant that is there keeps its own: only `describe` changes it
   * @returns the tenant's record; the old one if the user did not want it to move
   */
  async add(tenant: Tenant, credentials: Credentials, profile?: TenantProfile): Promise<TenantRecord> {
    const { domain } = tenant;
    const { kind } = credentials;
    const held = await this.#holdsAgainst(this.#recordOf(tenant, kind, profile));
    if (held) return held;
    const text = encodeSecret(tenant, credentials);
    // In turn: while this waited, somebody may have described the tenant, or removed it.
    return this.#records.inTurn(async () => {
      const isThere = this.get(domain)?.kind === kind && (await this.#readSecret(domain)) === text;
      const record = this.#recordOf(tenant, kind, profile);
      if (isThere) this.#fire(domain, 'confirmed', true);
      // The record first: when another window gets the event of the secret, it must find the record.
      else await this.#put(record, 'credentials', false, () => this.#writeSecret(domain, text));
      return record;
    });
  }

  /** Starts the sample tenant and adds it. Resolves as `add` does. */
  async addSample(): Promise<TenantRecord> {
    const { tenant } = await this.#options.sample.start();
    const { domain } = tenant;
    const held = await this.#holdsAgainst(this.#recordOf(tenant, 'sample'));
    if (held) return held;
    return this.#records.inTurn(async () => {
      const record = this.#recordOf(tenant, 'sample');
      const staysOpen = this.get(domain)?.kind === 'sample';
      await this.#put(record, 'credentials', staysOpen, async () => {
        // Credentials for the old address are of no use, and deleting them tells other windows of the change.
        if (!staysOpen) await this.#writeSecret(domain, undefined);
      });
      return record;
    });
  }

  /**
   * Adds a tenant that nobody has signed in to yet. One that is there is left as it is, whatever its address.
   *
   * @returns whether the tenant is new
   */
  addSignedOut(tenant: Tenant, profile: TenantProfile): Promise<boolean> {
    return this.#records.inTurn(async () => {
      if (this.get(tenant.domain)) return false;
      // Says nothing to other windows: they see it with their next refresh.
      await this.#put(this.#recordOf(tenant, 'signedOut', profile), 'profile', false);
      return true;
    });
  }

  /** Changes what the user says of a tenant: only what is given, as another window may have changed the rest. */
  describe(domain: TenantDomain, changes: Partial<TenantProfile>): Promise<void> {
    return this.#records.inTurn(async () => {
      const record = this.get(domain);
      if (record) await this.#put({ ...record, ...changes }, 'profile', true);
    });
  }

  /** Forgets the tenant and its secret. The tenant itself is not touched. */
  remove(domain: TenantDomain): Promise<void> {
    return this.#records.inTurn(async () => {
      await this.#records.write(domain, undefined, () => this.#writeSecret(domain, undefined));
      this.#fire(domain, 'removed');
    });
  }

  dispose(): void {
    this.#disposed = true;
    this.#listener.dispose();
    this.#changed.dispose();
  }

  /** Tells of what another window has changed, once somebody looks at this one or turns away. */
  #lookAgain(): void {
    const [before, now] = [this.#seen, this.all()];
    this.#seen = now;
    for (const record of now) {
      const old = before.find(({ domain }) => domain === record.domain);
      if (!old) this.#fire(record.domain, 'added');
      else if (JSON.stringify(old) !== JSON.stringify(record)) this.#fire(record.domain, 'profile', true);
    }
    for (const { domain } of before) {
      if (!now.some(record => record.domain === domain)) this.#fire(domain, 'removed');
    }
  }

  async #secretChanged(domain: TenantDomain): Promise<void> {
    if (this.#writing.has(domain)) return;
    const [isKnown, known] = [this.#secretTexts.has(domain), this.#secretTexts.get(domain)];
    const text = await this.#readSecret(domain);
    // Ignores a secret that was read before this window wrote a newer one.
    const isOlder = this.#writing.has(domain) || this.#secretTexts.get(domain) !== known;
    if (isOlder || (isKnown && known === text)) return;
    this.#secretTexts.set(domain, text);
    this.#fire(domain, this.get(domain) === undefined ? 'removed' : 'credentials');
  }

  /** At another address, it is another tenant: nothing that was said of the old one holds for it. */
  #recordOf({ domain, origin }: Tenant, kind: TenantKind, profile?: TenantProfile): TenantRecord {
    const bare = { domain, origin, kind };
    const held = this.get(domain);
    const { name, environment, readOnly } =
      held && isSamePlace(held, bare) ? held : (profile ?? guessedProfile({ domain, origin }));
    return { ...bare, name, environment, readOnly };
  }

  /** The domain's existing record, if it has another address and the user refuses to move it. */
  async #holdsAgainst(record: TenantRecord): Promise<TenantRecord | undefined> {
    let asked: TenantRecord | undefined;
    for (;;) {
      const held = this.get(record.domain);
      // Another window may have moved the tenant during the question: then the user is asked again.
      if (!held || isSamePlace(held, record) || (asked && isSamePlace(held, asked))) return undefined;
      if (!(await this.#options.mayMove(held, record))) return held;
      asked = held;
    }
  }

  /** Tells of it once it is complete; a new tenant is not to be seen before. @param what has changed of one that is there */
  async #put(
    record: TenantRecord,
    what: StoreChange['what'],
    staysOpen: boolean,
    complete?: () => Promise<void>,
  ): Promise<void> {
    const { domain } = record;
    const isNew = this.get(domain) === undefined;
    if (isNew) this.#adding.add(domain);
    try {
      await this.#records.write(domain, record, complete);
    } finally {
      this.#adding.delete(domain);
    }
    this.#fire(domain, isNew ? 'added' : what, staysOpen);
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
    } catch (error) {
      this.#secretTexts.delete(domain);
      throw error;
    } finally {
      this.#writing.delete(domain);
    }
  }

  #fire(domain: TenantDomain, what: StoreChange['what'], staysOpen: boolean = false): void {
    const record = this.get(domain);
    this.#seen = [...this.#seen.filter(other => other.domain !== domain), ...(record ? [record] : [])];
    if (!this.#disposed) this.#changed.fire({ domain, what, staysOpen });
  }
}
