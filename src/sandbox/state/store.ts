// Stores the users of the tenant: by id, by e-mail, and in the order in which they were added.
import type { User } from './user';

export type ChangeListener = (id: string, user: User | undefined) => void;

export class UserStore {
  readonly #users = new Map<string, User>();
  readonly #idsByEmail = new Map<string, Set<string>>();
  readonly #listeners: ChangeListener[] = [];

  constructor(users: Iterable<User>) {
    for (const user of users) this.put(user);
  }

  /** In stored order: a replaced user keeps its place. */
  users(): IterableIterator<User> {
    return this.#users.values();
  }

  get(id: string): User | undefined {
    return this.#users.get(id);
  }

  /** Exact and case-sensitive, as `users-by-email` is. */
  byEmail(email: string): readonly User[] {
    const ids = this.#idsByEmail.get(email) ?? [];
    return [...ids].flatMap(id => this.#users.get(id) ?? []);
  }

  put(user: User): void {
    this.#forgetEmail(this.#users.get(user.user_id));
    this.#users.set(user.user_id, user);
    if (typeof user.email === 'string') {
      const ids = this.#idsByEmail.get(user.email);
      if (ids) ids.add(user.user_id);
      else this.#idsByEmail.set(user.email, new Set([user.user_id]));
    }
    this.#changed(user.user_id, user);
  }

  /** @returns whether there was such a user. */
  delete(id: string): boolean {
    const user = this.#users.get(id);
    if (user === undefined) return false;
    this.#forgetEmail(user);
    this.#users.delete(id);
    this.#changed(id, undefined);
    return true;
  }

  onChange(listener: ChangeListener): void {
    this.#listeners.push(listener);
  }

  #forgetEmail(user: User | undefined): void {
    if (typeof user?.email !== 'string') return;
    const ids = this.#idsByEmail.get(user.email);
    ids?.delete(user.user_id);
    if (ids?.size === 0) this.#idsByEmail.delete(user.email);
  }

  #changed(id: string, user: User | undefined): void {
    for (const listener of this.#listeners) listener(id, user);
  }
}
