// The model of the tree: the list of users of each tenant, the metadata of expanded users, search, refresh. No VS Code.
import { type PageRequest, summaryOf } from '../../management/listing/fetchUsers';
import type { UserId, UserPage, UserProfile } from '../../management/resources/users';
import type { TenantDomain } from '../../management/tenant';
import { failedRow, listRows } from './listRows';
import { childValues, type TenantNode, type TreeNode, type UserNode } from './nodes';
import { UserDetails } from './userDetails';
import { UserList, type UserSearch } from './userList';

/** Where users come from. `page` and `profile` throw ManagementError. */
export interface UserSource {
  page(tenant: TenantDomain, request: PageRequest, signal: AbortSignal): Promise<UserPage>;
  profile(tenant: TenantDomain, userId: UserId, signal: AbortSignal): Promise<UserProfile>;
  /** Users per page. */
  pageSize(): number;
}

/** The view that shows the model. It answers what only the view knows, and is told what to render again. */
export interface TreeViewer {
  tenants(): readonly TenantDomain[];
  /** Whether the user has collapsed the tenant: a refresh does not load it then. */
  isCollapsed(tenant: TenantDomain): boolean;
  /** Call to render the node and all below it again; undefined: the whole tree. */
  changed(node: TreeNode | undefined): void;
  /** Call when a search begins or ends. */
  searched(): void;
  /** Shows progress until `result` resolves, and resolves with it. */
  loading<T>(result: Promise<T>): Promise<T>;
}

interface Entry {
  readonly node: TenantNode;
  readonly list: UserList;
}

export class TreeModel {
  readonly #source: UserSource;
  readonly #viewer: TreeViewer;
  readonly #entries = new Map<TenantDomain, Entry>();
  readonly #details: UserDetails;

  constructor(source: UserSource, viewer: TreeViewer) {
    this.#source = source;
    this.#viewer = viewer;
    this.#details = new UserDetails((tenant, userId, signal) => source.profile(tenant, userId, signal));
  }

  /** The node of a tenant, always the same object. */
  nodeOf(tenant: TenantDomain): TenantNode {
    return this.#entry(tenant).node;
  }

  listOf(tenant: TenantDomain): UserList {
    return this.#entry(tenant).list;
  }

  async childrenOf(node: TreeNode): Promise<TreeNode[]> {
    switch (node.type) {
      case 'tenant':
        return this.#usersOf(node);
      case 'user':
        return this.#metadataOf(node);
      case 'value':
        return [...childValues(node, node.value)];
      case 'row':
        return [];
    }
  }

  parentOf(node: TreeNode): TreeNode | undefined {
    if (node.type === 'tenant') return undefined;
    return node.type === 'user' ? this.nodeOf(node.tenant) : node.parent;
  }

  /** The search as it was understood. Typing it again gives the same search. */
  searchOf(tenant: TenantDomain): string | undefined {
    return this.listOf(tenant).search?.input;
  }

  /** Loads the shown users again: the first page of each tenant, or of one. Resolves when they are loaded. */
  async refresh(tenant?: TenantDomain): Promise<void> {
    const tenants = tenant === undefined ? this.#viewer.tenants() : [tenant];
    const shown = tenants.filter(domain => !this.#viewer.isCollapsed(domain) && this.listOf(domain).wasAsked);
    for (const domain of tenants) this.reset(domain);
    this.#viewer.changed(tenant === undefined ? undefined : this.nodeOf(tenant));
    await this.#viewer.loading(Promise.all(shown.map(domain => this.listOf(domain).ensureLoaded())));
  }

  /** Loads the next page and keeps those before it. */
  async loadMore(tenant: TenantDomain): Promise<void> {
    await this.#viewer.loading(this.listOf(tenant).loadMore());
    this.#viewer.changed(this.nodeOf(tenant));
  }

  /** Loads again what failed and is shown as an error row. */
  async retry(node: TreeNode): Promise<void> {
    if (node.type === 'row' && node.parent.type === 'user') this.#viewer.changed(node.parent);
    else await this.loadMore(node.tenant);
  }

  /** Shows only the users that `search` finds; undefined shows all again. */
  async search(tenant: TenantDomain, search: UserSearch | undefined): Promise<void> {
    const list = this.listOf(tenant);
    list.setSearch(search);
    this.#viewer.searched();
    this.#viewer.changed(this.nodeOf(tenant));
    await this.#viewer.loading(list.ensureLoaded());
    // The tenant's own row shows how many there are.
    this.#viewer.changed(this.nodeOf(tenant));
  }

  /** Ends the searches of all tenants, or of one. */
  async clearSearch(tenant?: TenantDomain): Promise<void> {
    const tenants = this.#viewer.tenants().filter(domain => (tenant ?? domain) === domain);
    const searched = tenants.filter(domain => this.searchOf(domain) !== undefined);
    await Promise.all(searched.map(domain => this.search(domain, undefined)));
  }

  /** Shows a user as a save or a create has left it, without a request. */
  put(tenant: TenantDomain, profile: UserProfile): void {
    this.#details.update(tenant, profile);
    const entry = this.#entries.get(tenant);
    if (!entry) return;
    const put = entry.list.put(summaryOf(profile));
    // A new row changes the tenant's children.
    if (put) this.#viewer.changed(put.isNew ? entry.node : put.node);
  }

  /** Forgets what is loaded of a tenant; its search stays. */
  reset(tenant: TenantDomain): void {
    this.#entries.get(tenant)?.list.reset();
    this.#details.forget(tenant);
  }

  /** Forgets the tenant. */
  drop(tenant: TenantDomain): void {
    this.#entries.get(tenant)?.list.dispose();
    this.#entries.delete(tenant);
    this.#details.forget(tenant);
  }

  dispose(): void {
    for (const tenant of [...this.#entries.keys()]) this.drop(tenant);
  }

  async #usersOf(node: TenantNode): Promise<TreeNode[]> {
    const list = this.listOf(node.tenant);
    await list.ensureLoaded();
    return [...listRows(node, list)];
  }

  async #metadataOf(node: UserNode): Promise<TreeNode[]> {
    try {
      const metadata = await this.#details.get(node.tenant, node.userId);
      return metadata ? [...childValues(node, metadata)] : [];
    } catch (error) {
      return [failedRow(node, error)];
    }
  }

  #entry(tenant: TenantDomain): Entry {
    const known = this.#entries.get(tenant);
    if (known) return known;
    const source = this.#source;
    const list = new UserList(tenant, {
      pageSize: () => source.pageSize(),
      fetch: (request, signal) => source.page(tenant, request, signal),
    });
    const entry: Entry = { node: { type: 'tenant', tenant }, list };
    this.#entries.set(tenant, entry);
    return entry;
  }
}
