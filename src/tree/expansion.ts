// Which tenants are expanded. VS Code asks for it once for each row, and then keeps its own state.
import type { TenantDomain } from '../management/tenant';
import type { TreeNode } from './model/nodes';

export class Expansion {
  /** Whether a tenant is first shown opened. Decided once: a later change would close what the user has opened. */
  readonly #opened = new Map<TenantDomain, boolean>();
  /** Closed by the user. */
  readonly #collapsed = new Set<TenantDomain>();

  /** Whether the row of a tenant is first shown opened; `unlessKnown` is the answer for one that was never shown. */
  isOpened(tenant: TenantDomain, unlessKnown: boolean): boolean {
    const opened = this.#opened.get(tenant) ?? unlessKnown;
    this.#opened.set(tenant, opened);
    return opened;
  }

  /** Call for a tenant that was just added: the user wants to see it. */
  open(tenant: TenantDomain): void {
    this.#opened.set(tenant, true);
  }

  /** Whether it was ever shown or added. */
  knows(tenant: TenantDomain): boolean {
    return this.#opened.has(tenant);
  }

  isCollapsed(tenant: TenantDomain): boolean {
    return this.#collapsed.has(tenant);
  }

  /** The user has closed a row. */
  collapsed(node: TreeNode): void {
    if (node.type === 'tenant') this.#collapsed.add(node.tenant);
  }

  /** The user has opened a row. */
  expanded(node: TreeNode): void {
    if (node.type === 'tenant') this.#collapsed.delete(node.tenant);
  }

  forget(tenant: TenantDomain): void {
    this.#opened.delete(tenant);
    this.#collapsed.delete(tenant);
  }
}
