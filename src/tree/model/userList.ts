// The loaded users of one tenant: all users or those of a search, page by page. No VS Code.
import type { PageRequest } from '../../management/listing/fetchUsers';
import type { UserQuery } from '../../management/listing/search';
import type { UserId, UserPage, UserSummary } from '../../management/resources/users';
import type { TenantDomain } from '../../management/tenant';
import type { UserNode } from './nodes';

export interface UserSearch {
  /** As it was understood: words as typed, or the ID, the e-mail or the query. */
  readonly input: string;
  readonly query: UserQuery;
}

export interface ListSource {
  fetch(request: PageRequest, signal: AbortSignal): Promise<UserPage>;
  /** Called for the first page; the pages after it have the same size. */
  pageSize(): number;
}

/** Runs at most one request at a time: a newer one aborts the older, whose result is dropped in any case. */
export class UserList {
  readonly #tenant: TenantDomain;
  readonly #source: ListSource;
  #nodes: UserNode[] = [];
  #ids = new Set<UserId>();
  #search: UserSearch | undefined;
  #lastPage: UserPage | undefined;
  #perPage = 0;
  #error: unknown;
  #flight: Promise<void> | undefined;
  #abort: AbortController | undefined;
  #disposed: boolean = false;

  constructor(tenant: TenantDomain, source: ListSource) {
    this.#tenant = tenant;
    this.#source = source;
  }

  get users(): readonly UserNode[] {
    return this.#nodes;
  }

  get search(): UserSearch | undefined {
    return this.#search;
  }

  /** How many there are in all, if the service has said so. */
  get total(): number | undefined {
    return this.#lastPage?.total;
  }

  /** Whether there are more users than the service gives for one query. */
  get capped(): boolean {
    return this.#lastPage?.capped ?? false;
  }

  get hasMore(): boolean {
    return this.#lastPage?.nextPage !== undefined;
  }

  /** Why the last page could not be loaded. */
  get error(): unknown {
    return this.#error;
  }

  /** Whether the list is loaded, is loading, or has failed to load. */
  get wasAsked(): boolean {
    return this.#lastPage !== undefined || this.#error !== undefined || this.#flight !== undefined;
  }

  /** Loads the first page, unless it is loaded or has failed. Resolves when no request is under way. */
  async ensureLoaded(): Promise<void> {
    // After a reset meanwhile, the first page is loaded again.
    while (this.#flight || this.#isUntried) {
      if (!this.#flight) this.#start(0);
      await this.#flight;
    }
  }

  /** Loads the next page, or again the page that failed. Keeps what is loaded. */
  async loadMore(): Promise<void> {
    if (!this.#flight) {
      this.#error = undefined;
      const next = this.#lastPage === undefined ? 0 : this.#lastPage.nextPage;
      if (next !== undefined) this.#start(next);
    }
    await this.ensureLoaded();
  }

  /** Undefined shows all users again. Nothing is loaded yet. */
  setSearch(search: UserSearch | undefined): void {
    this.#search = search;
    this.reset();
  }

  /** Forgets what is loaded, so that the next `ensureLoaded` asks again. */
  reset(): void {
    this.#abort?.abort();
    this.#abort = undefined;
    this.#flight = undefined;
    this.#lastPage = undefined;
    this.#error = undefined;
    this.#nodes = [];
    this.#ids = new Set();
  }

  /** Takes a newer summary. A user who is not in the list comes first, unless a search decides who belongs here. */
  put(summary: UserSummary): { readonly node: UserNode; readonly isNew: boolean } | undefined {
    if (this.#ids.has(summary.id)) {
      const node = this.#nodes.find(({ userId }) => userId === summary.id);
      if (node) node.summary = summary;
      return node && { node, isNew: false };
    }
    if (this.#search !== undefined || this.#lastPage === undefined) return undefined;
    const node = this.#toNode(summary);
    this.#nodes.unshift(node);
    return { node, isNew: true };
  }

  /** Aborts what is under way and never asks again. */
  dispose(): void {
    this.#disposed = true;
    this.reset();
  }

  get #isUntried(): boolean {
    return !this.#disposed && this.#lastPage === undefined && this.#error === undefined;
  }

  #start(page: number): void {
    this.#abort?.abort();
    const abort = new AbortController();
    const flight = this.#load(page, abort).finally(() => {
      if (this.#flight === flight) this.#flight = undefined;
    });
    this.#abort = abort;
    this.#flight = flight;
  }

  async #load(page: number, abort: AbortController): Promise<void> {
    try {
      if (page === 0) this.#perPage = this.#source.pageSize();
      const request = { page, perPage: this.#perPage, query: this.#search?.query };
      const result = await this.#source.fetch(request, abort.signal);
      if (this.#abort !== abort) return;
      this.#lastPage = result;
      for (const summary of result.users) {
        // Users created since the previous page have moved some of its users onto this one.
        if (!this.#ids.has(summary.id)) this.#nodes.push(this.#toNode(summary));
      }
    } catch (error) {
      if (this.#abort === abort) this.#error = error;
    }
  }

  #toNode(summary: UserSummary): UserNode {
    this.#ids.add(summary.id);
    return { type: 'user', tenant: this.#tenant, userId: summary.id, summary };
  }
}
