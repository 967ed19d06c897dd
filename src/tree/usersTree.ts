// The view `auth0Metadata.users`: tenants, their users, and the metadata of those who are expanded.
import * as vscode from 'vscode';
import { abilitiesOf } from '../management/auth/scopes';
import type { ManagementClient } from '../management/client';
import { fetchUsers } from '../management/listing/fetchUsers';
import type { UserProfile } from '../management/resources/users';
import type { TenantDomain } from '../management/tenant';
import { settings } from '../shell/settings';
import type { TenantNode, TreeNode } from './model/nodes';
import { TreeModel } from './model/treeModel';
import type { UserSearch } from './model/userList';
import type { RequestRunner, TenantClients, TenantEvent, TenantList } from './sources';
import { searchSummary, tenantItem } from './tenantItem';
import { rowItem, userItem, valueItem } from './treeItems';
import { ViewStatus } from './viewStatus';

const VIEW_ID = 'auth0Metadata.users';

export class UsersTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #tenants: TenantList;
  readonly #access: TenantClients;
  readonly #requests: RequestRunner;
  readonly #model: TreeModel;
  readonly #view: vscode.TreeView<TreeNode>;
  readonly #status: ViewStatus;
  readonly #changed = new vscode.EventEmitter<TreeNode | undefined>();
  readonly #disposables: readonly vscode.Disposable[];
  /** Whether a tenant is first shown opened. Decided once: a later change would close what the user has opened. */
  readonly #opened = new Map<TenantDomain, boolean>();
  /** Closed by the user: not to be asked for on a refresh. */
  readonly #collapsed = new Set<TenantDomain>();

  /** How often the row or the children of a node were asked for. */
  readonly #turns = new WeakMap<TreeNode, number>();
  readonly #refreshed = new vscode.EventEmitter<void>();

  readonly onDidChangeTreeData = this.#changed.event;
  /** The user asked for the server's state of now. */
  readonly onDidRefresh = this.#refreshed.event;

  constructor(tenants: TenantList, access: TenantClients, requests: RequestRunner) {
    this.#tenants = tenants;
    this.#access = access;
    this.#requests = requests;
    this.#model = new TreeModel({
      pageSize: settings.pageSize,
      page: (tenant, request, signal) =>
        this.#ask(tenant, signal, (client, either) => fetchUsers(client, request, either)),
      profile: (tenant, userId, signal) =>
        this.#ask(tenant, signal, (client, either) => client.getUser(userId, either)),
    });
    this.#view = vscode.window.createTreeView<TreeNode>(VIEW_ID, { treeDataProvider: this, showCollapseAll: true });
    this.#status = new ViewStatus(this.#view);
    this.#disposables = [
      this.#view,
      this.#changed,
      this.#refreshed,
      this.#view.onDidCollapseElement(({ element }) => {
        if (element.type === 'tenant') this.#collapsed.add(element.tenant);
      }),
      this.#view.onDidExpandElement(({ element }) => {
        if (element.type === 'tenant') this.#collapsed.delete(element.tenant);
      }),
      access.onDidChange(event => this.#tenantChanged(event)),
    ];
    this.#updateStatus();
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    switch (node.type) {
      case 'tenant':
        this.#beginTurn(node);
        return this.#tenantItem(node);
      case 'user':
        this.#beginTurn(node);
        return userItem(node);
      case 'value':
        return valueItem(node);
      case 'row':
        return rowItem(node, this.searchOf(node.tenant));
    }
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node === undefined) return this.#tenants.all().map(({ domain }) => this.#model.nodeOf(domain));
    const children = this.#model.childrenOf(node);
    if (node.type !== 'tenant' && node.type !== 'user') return children;
    const turn = this.#beginTurn(node);
    const loaded = await this.#showLoading(children);
    return this.#turns.get(node) === turn ? loaded : [];
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.#model.parentOf(node);
  }

  /** Loads again what is shown: the first page of each tenant, or of one. Resolves when it is there. */
  async refresh(tenant?: TenantDomain): Promise<void> {
    this.#refreshed.fire();
    const tenants = tenant === undefined ? this.#tenants.all().map(({ domain }) => domain) : [tenant];
    const shown = tenants.filter(domain => !this.#collapsed.has(domain) && this.#model.listOf(domain).wasAsked);
    for (const domain of tenants) this.#model.reset(domain);
    this.#changed.fire(tenant === undefined ? undefined : this.#model.nodeOf(tenant));
    await this.#showLoading(Promise.all(shown.map(domain => this.#model.listOf(domain).ensureLoaded())));
  }

  /** Shows a user as a save or a create has left it, without a request. */
  refreshUser(tenant: TenantDomain, profile: UserProfile): void {
    const node = this.#model.put(tenant, profile);
    if (node) this.#changed.fire(node);
  }

  /** Loads the next page and keeps those before it. */
  async loadMore(tenant: TenantDomain): Promise<void> {
    await this.#showLoading(this.#model.listOf(tenant).loadMore());
    this.#changed.fire(this.#model.nodeOf(tenant));
  }

  /** Asks again for what an error row stands for. */
  async retry(node: TreeNode): Promise<void> {
    if (node.type === 'row' && node.parent.type === 'user') this.#changed.fire(node.parent);
    else await this.loadMore(node.tenant);
  }

  /** Shows only the users that `search` finds; without one, all again. */
  async search(tenant: TenantDomain, search: UserSearch | undefined): Promise<void> {
    const list = this.#model.listOf(tenant);
    list.setSearch(search);
    this.#updateStatus();
    this.#changed.fire(this.#model.nodeOf(tenant));
    await this.#showLoading(list.ensureLoaded());
    // The tenant's own row tells how many there are.
    this.#changed.fire(this.#model.nodeOf(tenant));
  }

  async clearSearch(tenant?: TenantDomain): Promise<void> {
    const all = this.#tenants.all().map(({ domain }) => domain);
    const tenants = all.filter(domain => (tenant ?? domain) === domain && this.searchOf(domain) !== undefined);
    await Promise.all(tenants.map(domain => this.search(domain, undefined)));
  }

  /** The search as it was understood; typed again, it means the same. */
  searchOf(tenant: TenantDomain): string | undefined {
    return this.#model.listOf(tenant).search?.input;
  }

  /** Brings the tenant into sight, opened. */
  async show(tenant: TenantDomain): Promise<void> {
    await this.#view.reveal(this.#model.nodeOf(tenant), { select: false, expand: true });
  }

  /** The tenant of what is selected in the view. */
  focusedTenant(): TenantDomain | undefined {
    return this.#view.selection[0]?.tenant;
  }

  /** The row that was clicked last, or stepped on with the keys. */
  get selected(): TreeNode | undefined {
    return this.#view.selection[0];
  }

  dispose(): void {
    this.#model.dispose();
    for (const disposable of this.#disposables) disposable.dispose();
  }

  /** One request, ended by `signal` as well as by the user who does not want to wait. */
  #ask<T>(
    tenant: TenantDomain,
    signal: AbortSignal,
    task: (client: ManagementClient, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return this.#requests.run(async either => task(await this.#access.client(tenant), either), signal);
  }

  /**
   * VS Code asks again while an answer is under way, and fails if both name the same rows: only the last one does. An answer
   * from before the node's own row was made anew counts for nothing either: it would be lost in the row that is gone, and
   * its rows stay registered.
   */
  #beginTurn(node: TreeNode): number {
    const turn = (this.#turns.get(node) ?? 0) + 1;
    this.#turns.set(node, turn);
    return turn;
  }

  async #showLoading<T>(loading: Promise<T>): Promise<T> {
    const result = await vscode.window.withProgress({ location: { viewId: VIEW_ID } }, () => loading);
    this.#updateStatus();
    return result;
  }

  #updateStatus(): void {
    const tenants = this.#tenants.all();
    this.#status.show({
      hasTenants: tenants.length > 0,
      canCreate: tenants.some(({ domain }) => abilitiesOf(this.#access.knownClaims(domain)?.scopes).canCreate),
      searches: tenants.flatMap(({ domain }) => {
        const summary = searchSummary(this.#model.listOf(domain));
        if (summary === undefined) return [];
        return [tenants.length > 1 ? `${domain}: ${summary}` : summary];
      }),
    });
  }

  #tenantItem(node: TenantNode): vscode.TreeItem {
    const { tenant } = node;
    const info = this.#tenants.all().find(({ domain }) => domain === tenant);
    if (!info) return new vscode.TreeItem(tenant);
    const item = tenantItem(node, info, this.#access, this.#model.listOf(tenant));
    const opened = this.#opened.get(tenant) ?? this.#tenants.all().length === 1;
    this.#opened.set(tenant, opened);
    const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
    item.collapsibleState = opened ? Expanded : Collapsed;
    return item;
  }

  #tenantChanged({ domain, what }: TenantEvent): void {
    if (what === 'removed') {
      this.#model.drop(domain);
      this.#opened.delete(domain);
      this.#collapsed.delete(domain);
    } else if (what === 'added') this.#opened.set(domain, true);
    else if (what === 'credentials') this.#model.reset(domain);
    this.#updateStatus();
    // Credentials are all that is heard of a tenant that another window has added.
    const isRootChange = what === 'added' || what === 'removed' || !this.#opened.has(domain);
    this.#changed.fire(isRootChange ? undefined : this.#model.nodeOf(domain));
  }
}
