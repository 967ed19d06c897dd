// Commands of the Users view: search, paging, refresh, copying.
import * as vscode from 'vscode';
import { toUserQuery, understood } from '../../management/listing/search';
import type { Commands } from '../../shell/commandTable';
import { CallerError } from '../../shell/report';
import { showStatus } from '../../shell/status';
import type { TreeNode } from '../../tree/model/nodes';
import type { UsersTree } from '../../tree/usersTree';
import { namedTenant, pickTenant, titleWith } from '../pickTenant';
import { isTreeNode, type TenantList } from '../target';
import { searchComplaint, searchNote } from './searchWords';

type TreeCommand = 'refresh' | 'searchUsers' | 'clearSearch' | 'loadMore' | 'retry' | 'copyUserId' | 'copyEmail';

export function viewCommands(tree: UsersTree, tenants: TenantList): Commands<TreeCommand> {
  return {
    refresh: async arg => tree.refresh(namedTenant(tenants, arg)),
    searchUsers: arg => search(tree, tenants, arg),
    clearSearch: async arg => tree.clearSearch(namedTenant(tenants, arg)),
    loadMore: async arg => {
      const tenant = await pickTenant(tenants, arg, tree);
      if (tenant !== undefined) await tree.loadMore(tenant);
    },
    retry: async arg => {
      if (isNode(arg)) await tree.retry(arg);
    },
    copyUserId: async arg => {
      if (isNode(arg) && arg.type === 'user') await copy(arg.userId, vscode.l10n.t('Copied the user ID.'));
    },
    copyEmail: async arg => {
      const email = isNode(arg) && arg.type === 'user' ? arg.summary.email : undefined;
      if (email !== undefined) await copy(email, vscode.l10n.t('Copied the e-mail address.'));
    },
  };
}

/** `{query, tenant?}` searches at once; any other argument asks for the query. */
async function search(tree: UsersTree, tenants: TenantList, arg: unknown): Promise<void> {
  const tenant = await pickTenant(tenants, arg, tree);
  if (tenant === undefined) return;
  const query = queryOf(arg);
  const complaint = query && searchComplaint(query);
  if (complaint) throw new CallerError(complaint);
  const input =
    query ??
    (await askForQuery(
      titleWith(tenants, tenant, vscode.l10n.t('Search Users of {0}', tenant)),
      tree.searchOf(tenant),
    ));
  if (input === undefined) return;
  if (!query) await tree.show(tenant);
  const asked = toUserQuery(input);
  await tree.search(tenant, asked && { input: understood(input), query: asked });
}

function queryOf(arg: unknown): string | undefined {
  if (typeof arg !== 'object' || arg === null || !('query' in arg)) return undefined;
  if (typeof arg.query === 'string') return arg.query;
  throw new CallerError(vscode.l10n.t('searchUsers: `query` must be a text.'));
}

async function askForQuery(title: string, current: string | undefined): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t(
      'Words, an e-mail, an ID, or a query such as {0} or {1}. Empty shows all users.',
      'user_metadata.hobby:"surfing"',
      'logins_count:[100 TO *]',
    ),
    placeHolder: 'jane · jane@example.com · auth0|5f7c… · app_metadata.plan:"full"',
    value: current ?? '',
    validateInput: value => {
      const note = searchNote(value);
      return note === undefined
        ? searchComplaint(value)
        : { message: note, severity: vscode.InputBoxValidationSeverity.Info };
    },
  });
}

async function copy(text: string, message: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  showStatus(message);
}

/** VS Code passes our own node objects back. */
function isNode(arg: unknown): arg is TreeNode {
  return isTreeNode(arg);
}
