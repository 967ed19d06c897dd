// The search index of the tenant, which list and search use. It may lag behind what GET by id returns.
import { apiError, refuse } from '../answers';
import { isArray, type Json } from '../json';
import type { UserStore } from '../state/store';
import type { User } from '../state/user';
import { compileLucene, type Matcher } from './matcher';
import { parseLucene } from './parser';
import { LuceneError } from './syntax';

/** `field:1` or `field:-1`. */
export interface Sort {
  readonly field: string;
  readonly ascending: boolean;
}

interface PendingChange {
  readonly dueMs: number;
  readonly id: string;
  readonly user: User | undefined;
}

/** Results are cached until the users change, because a query is requested page by page. */
const KEPT_RESULTS = 8;

export class SearchIndex {
  readonly #lagMs: number;
  /** By id, in stored order. */
  readonly #users = new Map<string, User>();
  readonly #pending: PendingChange[] = [];
  readonly #results = new Map<string, readonly User[]>();

  constructor(store: UserStore, lagMs: number) {
    this.#lagMs = lagMs;
    for (const user of store.users()) this.#users.set(user.user_id, user);
    store.onChange((id, user) => {
      if (lagMs > 0) this.#pending.push({ dueMs: Date.now() + lagMs, id, user });
      else this.#apply(id, user);
    });
  }

  /**
   * All users that match `q` ('' matches all), in the given order or in stored order.
   * @throws Refusal 400 for a `q` that is not Lucene.
   */
  find(q: string, sort: Sort | undefined): readonly User[] {
    this.#settle();
    const key = `${sort?.field ?? ''}:${sort?.ascending ?? ''}:${q}`;
    const known = this.#results.get(key);
    if (known) return known;
    const everyone = q === '' ? this.#ordered(sort) : this.find('', sort);
    const found = q === '' ? everyone : everyone.filter(matcherOf(q));
    const oldest = this.#results.keys().next();
    if (this.#results.size >= KEPT_RESULTS && !oldest.done) this.#results.delete(oldest.value);
    this.#results.set(key, found);
    return found;
  }

  #ordered(sort: Sort | undefined): readonly User[] {
    const users = [...this.#users.values()];
    if (sort === undefined) return users;
    const keyed = users.map(user => ({ user, key: sortKey(user, sort.field) }));
    const direction = sort.ascending ? 1 : -1;
    keyed.sort((a, b) => compareKeys(a.key, b.key, direction));
    return keyed.map(({ user }) => user);
  }

  #settle(): void {
    if (this.#lagMs === 0 || this.#pending.length === 0) return;
    const now = Date.now();
    const later = this.#pending.findIndex(change => change.dueMs > now);
    const due = this.#pending.splice(0, later === -1 ? this.#pending.length : later);
    for (const { id, user } of due) this.#apply(id, user);
  }

  #apply(id: string, user: User | undefined): void {
    if (user === undefined) this.#users.delete(id);
    else this.#users.set(id, user);
    this.#results.clear();
  }
}

function matcherOf(q: string): Matcher {
  try {
    return compileLucene(parseLucene(q));
  } catch (error) {
    if (error instanceof LuceneError) refuse(apiError(400, `Failed to parse query [${q}]`, 'invalid_query_string'));
    throw error;
  }
}

type SortKey = string | number | undefined;

/** Also for paths below the root (`identities.connection`). For arrays, the first item counts. */
function sortKey(user: User, field: string): SortKey {
  let value: Json | undefined = user;
  for (const key of field.split('.')) {
    while (isArray(value)) value = value[0];
    value =
      typeof value === 'object' && value !== null && !isArray(value) && Object.hasOwn(value, key)
        ? value[key]
        : undefined;
  }
  if (typeof value === 'string') return value.toLowerCase();
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'number' ? value : undefined;
}

/** Users without the attribute come last in both directions. */
function compareKeys(a: SortKey, b: SortKey, direction: 1 | -1): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -direction : direction;
}
