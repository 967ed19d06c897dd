// The view `auth0Metadata.users`: tenants, their users, and the metadata of expanded users.
import * as vscode from 'vscode';
import type { UserProfile } from '../management/resources/users';
import type { TenantDomain } from '../management/tenant';
import { loadPart } from '../shell/loading';
import { Expansion } from './expansion';
import type { TenantNode, TreeNode } from './model/nodes';
import { TreeModel } from './model/treeModel';
import type { UserSearch } from './model/userList';
import type { RequestRunner, TenantClients, TenantEvent, TenantInfo, TenantList } from './sources';
import { tenantItem } from './tenantItem';
import { rowItem, userItem, valueItem } from './treeItems';
import { Turns } from './turns';
import { userSource } from './userSource';
import { ViewStatus, viewFacts } from './viewStatus';

const VIEW_ID = 'auth0Metadata.users';

export class UsersTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #tenants: TenantList;
  readonly #access: TenantClients;
  readonly #model: TreeModel;
  readonly #view: vscode.TreeView<TreeNode>;
  readonly #status: ViewStatus;
  readonly #expansion = new Expansion();
  readonly #turns = new Turns();
  readonly #changed = new vscode.EventEmitter<TreeNode | undefined>();
  readonly #refreshed = new vscode.EventEmitter<void>();
  readonly #disposables: readonly vscode.Disposable[];

  readonly onDidChangeTreeData = this.#changed.event;
  /** Fires when the user asked for the server's current state. */
  readonly onDidRefresh = this.#refreshed.event;

  constructor(tenants: TenantList, access: TenantClients, requests: RequestRunner) {
    this.#tenants = tenants;
    this.#access = access;
    this.#model = new TreeModel(userSource(access, requests), {
      tenants: () => this.#domains(),
      isCollapsed: tenant => this.#expansion.isCollapsed(tenant),
      changed: node => this.#changed.fire(node),
      searched: () => this.#updateStatus(),
      loading: result => this.#showLoading(result),
    });
    this.#view = vscode.window.createTreeView<TreeNode>(VIEW_ID, { treeDataProvider: this, showCollapseAll: true });
    this.#status = new ViewStatus(this.#view);
    this.#disposables = [
      this.#view,
      this.#changed,
      this.#refreshed,
      this.#view.onDidCollapseElement(({ element }) => this.#expansion.collapsed(element)),
      this.#view.onDidExpandElement(({ element }) => this.#expansion.expanded(element)),
      access.onDidChange(event => this.#tenantChanged(event)),
    ];
    this.#updateStatus();
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    switch (node.type) {
      case 'tenant':
        this.#turns.begin(node);
        return this.#tenantItem(node);
      case 'user':
        this.#turns.begin(node);
        return userItem(node, this.#access.knownClaims(node.tenant)?.scopes);
      case 'value':
        return valueItem(node);
      case 'row':
        return rowItem(node, this.searchOf(node.tenant));
    }
  }

  /** VS Code calls it when a row without a tooltip is pointed at. */
  async resolveTreeItem(item: vscode.TreeItem, node: TreeNode): Promise<vscode.TreeItem> {
    const info = node.type === 'tenant' ? this.#infoOf(node.tenant) : undefined;
    if (!info) return item;
    const { tenantTooltip } = await loadPart(() => import('./tenantTooltip'));
    item.tooltip = await tenantTooltip(info, this.#access);
    return item;
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node === undefined) return this.#domains().map(domain => this.#model.nodeOf(domain));
    const children = this.#model.childrenOf(node);
    if (node.type !== 'tenant' && node.type !== 'user') return children;
    const turn = this.#turns.begin(node);
    const loaded = await this.#showLoading(children);
    return this.#turns.isLatest(node, turn) ? loaded : [];
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.#model.parentOf(node);
  }

  // These methods are documented in TreeModel.

  async refresh(tenant?: TenantDomain): Promise<void> {
    this.#refreshed.fire();
    await this.#model.refresh(tenant);
  }

  refreshUser(tenant: TenantDomain, profile: UserProfile): void {
    this.#model.put(tenant, profile);
  }

  loadMore(tenant: TenantDomain): Promise<void> {
    return this.#model.loadMore(tenant);
  }

  retry(node: TreeNode): Promise<void> {
    return this.#model.retry(node);
  }

  search(tenant: TenantDomain, search: UserSearch | undefined): Promise<void> {
    return this.#model.search(tenant, search);
  }

  clearSearch(tenant?: TenantDomain): Promise<void> {
    return this.#model.clearSearch(tenant);
  }

  searchOf(tenant: TenantDomain): string | undefined {
    return this.#model.searchOf(tenant);
  }

  /** Reveals the tenant, expanded. @param focus it is then the one that keys and menus mean */
  async show(tenant: TenantDomain, focus: boolean = false): Promise<void> {
    await this.#view.reveal(this.#model.nodeOf(tenant), { select: focus, focus, expand: true });
  }

  /** Selects the row of the tenant and scrolls to it, which loads no users. */
  async select(tenant: TenantDomain): Promise<void> {
    await this.#view.reveal(this.#model.nodeOf(tenant), { select: true, focus: false });
  }

  /** The tenant of the selected row. */
  focusedTenant(): TenantDomain | undefined {
    return this.selected?.tenant;
  }

  /** The row that was clicked last, or stepped on with the keys. */
  get selected(): TreeNode | undefined {
    return this.#view.selection[0];
  }

  dispose(): void {
    this.#model.dispose();
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async #showLoading<T>(loading: Promise<T>): Promise<T> {
    const result = await vscode.window.withProgress({ location: { viewId: VIEW_ID } }, () => loading);
    this.#updateStatus();
    return result;
  }

  #updateStatus(): void {
    this.#status.show(viewFacts(this.#domains(), this.#access, tenant => this.#model.listOf(tenant)));
  }

  #domains(): readonly TenantDomain[] {
    return this.#tenants.all().map(({ domain }) => domain);
  }

  #infoOf(tenant: TenantDomain): TenantInfo | undefined {
    return this.#tenants.all().find(({ domain }) => domain === tenant);
  }

  #tenantItem(node: TenantNode): vscode.TreeItem {
    const { tenant } = node;
    const info = this.#infoOf(tenant);
    if (!info) return new vscode.TreeItem(tenant);
    const item = tenantItem(node, info, this.#access, this.#model.listOf(tenant));
    const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
    item.collapsibleState = this.#expansion.isOpened(tenant, this.#domains().length === 1) ? Expanded : Collapsed;
    return item;
  }

  #tenantChanged({ domain, what }: TenantEvent): void {
    // What was asked for with the token shows the refusal itself.
    if (what === 'token') return;
    if (what === 'removed') {
      this.#model.drop(domain);
      this.#expansion.forget(domain);
    } else if (what === 'added') this.#expansion.open(domain);
    else if (what === 'credentials') this.#model.reset(domain);
    this.#updateStatus();
    // If another window has added a tenant, this window only gets the change of its credentials.
    const isRootChange = what === 'added' || what === 'removed' || !this.#expansion.knows(domain);
    this.#changed.fire(isRootChange ? undefined : this.#model.nodeOf(domain));
  }
}
