// What a test can do without the API: read and change users, read requests, cause faults.

import { isObject, type Json, type JsonObject, parseJson } from '../json';
import type { Tenant } from '../service/tenant';
import type { AssertionAlgorithm } from '../state/clientKeys';
import { isUser, nextTimestamp, type User } from '../state/user';
import type { FaultRule, Faults } from './faults';
import type { ForeignTraffic, RateLimits } from './rateLimit';
import type { RequestLog, RequestRecord } from './requestLog';

export interface Control {
  /** The stored state of every user, in order. Values are copies. */
  users(): User[];
  /** A user's stored state, or undefined if there is none. */
  user(id: string): User | undefined;
  /** Stores the result of `change` exactly. Sets `updated_at` unless `change` did. @throws if there is no such user. */
  edit(id: string, change: (user: User) => JsonObject): User;
  /** Stores a user as given, new or not. */
  put(user: User): void;
  /** Sets attributes as they are (no merge below the root of the user); null removes one. */
  set(id: string, attributes: JsonObject): User;
  /** Sets another name and address, as another client would. */
  rename(id: string, to: { readonly name?: string; readonly email?: string }): User;
  /** Updates `updated_at`, `last_login`, `last_ip` and `logins_count`, nothing else. */
  login(id: string): User;
  /** @returns whether there was such a user. */
  delete(id: string): boolean;

  /** At most the last 20,000 requests, oldest first, without those of the control. For bodies, see `recordBodies`. */
  readonly requests: readonly RequestRecord[];
  clearRequests(): void;

  fail(rule: FaultRule): void;
  clearFaults(): void;
  /** Whether no rule is waiting for a request any more. */
  readonly faultsSpent: boolean;

  /** Other clients of the tenant use up its rate limits. @throws Error if there is no such limit. */
  drain(traffic: ForeignTraffic): void;

  /**
   * Lets the client sign its assertions with another key, by default with every algorithm that the service takes.
   * @param publicKey as PEM
   * @returns its `kid`
   * @throws Error if it is no RSA public key of at least 2,048 bits
   */
  registerPublicKey(publicKey: string, algorithms?: readonly AssertionAlgorithm[]): string;

  /** Refuses new connections, and resets the open ones. */
  goOffline(): Promise<void>;
  /** Listens again, on the same port. */
  goOnline(): Promise<void>;
}

export interface ControlParts {
  readonly tenant: Tenant;
  readonly log: RequestLog;
  readonly faults: Faults;
  readonly rateLimits: RateLimits;
  readonly goOffline: () => Promise<void>;
  readonly goOnline: () => Promise<void>;
}

export function createControl({ tenant, log, faults, rateLimits, goOffline, goOnline }: ControlParts): Control {
  const { store } = tenant;
  const existing = (id: string): User => {
    const user = store.get(id);
    if (user === undefined) throw new Error(`The sandbox has no user ${id}.`);
    return copy(user);
  };
  const edit: Control['edit'] = (id, change) => {
    const before = existing(id);
    const changed = copy({ ...change(copy(before)), user_id: id });
    const moved = changed.updated_at !== before.updated_at;
    const user = moved ? changed : { ...changed, updated_at: nextTimestamp(before.updated_at) };
    store.put(user);
    return copy(user);
  };
  const set: Control['set'] = (id, attributes) =>
    edit(id, user => {
      const next: JsonObject = { ...user, ...attributes };
      return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== null));
    });
  return {
    users: () => [...store.users()].map(copy),
    user: id => (store.get(id) ? existing(id) : undefined),
    edit,
    set,
    put: user => store.put(copy(user)),
    rename: (id, to) => set(id, { ...to }),
    login: id =>
      edit(id, user => {
        const now = nextTimestamp(user.updated_at);
        const count = typeof user.logins_count === 'number' ? user.logins_count : 0;
        return { ...user, updated_at: now, last_login: now, last_ip: '203.0.113.7', logins_count: count + 1 };
      }),
    delete: id => store.delete(id),
    get requests() {
      return log.records;
    },
    clearRequests: () => log.clear(),
    fail: rule => faults.add(rule),
    clearFaults: () => faults.clear(),
    get faultsSpent() {
      return faults.spent;
    },
    drain: traffic => rateLimits.drain(traffic),
    registerPublicKey: (publicKey, algorithms) => tenant.clientKeys.register(publicKey, algorithms),
    goOffline,
    goOnline,
  };
}

/** Copies through JSON text: only JSON is stored, and nothing is shared with the caller. @throws if it is no user. */
function copy(value: JsonObject): User {
  const copied: Json = parseJson(JSON.stringify(value));
  if (!isObject(copied) || !isUser(copied)) throw new Error('A user of the sandbox needs a user_id.');
  return copied;
}
