// What the tree holds: a list of users for each tenant, and the metadata of those who were expanded. No VS Code.
import { ManagementError } from '../../management/errors';
import { type PageRequest, summaryOf } from '../../management/listing/fetchUsers';
import type { UserId, UserPage, UserProfile } from '../../management/resources/users';
import type { TenantDomain } from '../../management/tenant';
import { failedRow, listRows } from './listRows';
import { childValues, type TenantNode, type TreeNode, type UserNode } from './nodes';
import { UserDetails } from './userDetails';
import { UserList } from './userList';

/** Where users come from. Both throw ManagementError. */
export interface UserSource {
  page(tenant: TenantDomain, request: PageRequest, signal: AbortSignal): Promise<UserPage>;
  profile(tenant: TenantDomain, userId: UserId, signal: AbortSignal): Promise<UserProfile>;
  /** Users a page. */
  pageSize(): number;
}

interface Entry {
  readonly node: TenantNode;
  readonly list: UserList;
}

export class TreeModel {
  readonly #source: UserSource;
  readonly #entries = new Map<TenantDomain, Entry>();
  readonly #details: UserDetails;

  constructor(source: UserSource) {
    this.#source = source;
    this.#details = new UserDetails((tenant, userId, signal) => source.profile(tenant, userId, signal));
  }

  /** The one node of a tenant. */
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

  /** Takes a user as a save or a create has left it. Resolves with the node to show anew, if any. */
  put(tenant: TenantDomain, profile: UserProfile): TreeNode | undefined {
    this.#details.update(tenant, profile);
    const entry = this.#entries.get(tenant);
    const put = entry?.list.put(summaryOf(profile));
    return put?.isNew ? entry?.node : put?.node;
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
      return [...childValues(node, await this.#details.get(node.tenant, node.userId))];
    } catch (error) {
      if (ManagementError.is(error, 'cancelled')) return [];
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
