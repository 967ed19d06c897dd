// A tenant's row, and what the view says about a search.
import * as vscode from 'vscode';
import { abilitiesOf } from '../management/auth/scopes';
import type { TokenClaims } from '../management/auth/token';
import type { TenantDomain } from '../management/tenant';
import { inSentence, visibleText } from '../text/visibleText';
import { nodeId, type TenantNode } from './model/nodes';
import { tenantSort } from './model/tenantFacts';
import type { UserList } from './model/userList';
import { timeOf } from './treeItems';

/** A tenant as the tree wants to know it. */
export interface TenantInfo {
  readonly domain: TenantDomain;
  readonly origin: string;
  readonly kind: 'token' | 'client' | 'sample';
}

const MAX_SEARCH = 60;

/** @param claims undefined until a token has been used */
export function tenantItem(
  node: TenantNode,
  info: TenantInfo,
  claims: TokenClaims | undefined,
  list: UserList | undefined,
): vscode.TreeItem {
  const item = new vscode.TreeItem(info.domain);
  const search = list && searchSummary(list);
  item.id = nodeId(node);
  item.description = [sortText(info), search].filter(text => text !== undefined).join(' · ');
  item.tooltip = tooltip(info, claims);
  item.iconPath = new vscode.ThemeIcon(info.kind === 'sample' ? 'beaker' : 'organization');
  item.contextValue = contextValue(info, claims, list);
  return item;
}

/** Words for `when` clauses: `viewItem =~ /\bcanCreate\b/`. */
function contextValue(info: TenantInfo, claims: TokenClaims | undefined, list: UserList | undefined): string {
  const { canCreate, canUpdate } = abilitiesOf(claims?.scopes);
  const words = [info.kind, canCreate && 'canCreate', canUpdate && 'canUpdate', list?.search && 'searched'];
  return ['tenant', ...words.filter(word => typeof word === 'string')].join(' ');
}

function sortText(info: TenantInfo): string | undefined {
  const facts = tenantSort(info);
  switch (facts.sort) {
    case 'sample':
      return vscode.l10n.t('sample');
    case 'sandbox':
      return facts.host;
    case 'region':
      return facts.region;
    case 'custom':
      return undefined;
  }
}

function tooltip(info: TenantInfo, claims: TokenClaims | undefined): string {
  const lines = [
    info.kind === 'sample' ? vscode.l10n.t('A sample tenant inside VS Code. Nothing in it is real.') : info.origin,
  ];
  if (info.kind === 'client') lines.push(vscode.l10n.t('Signed in with client credentials'));
  if (info.kind === 'token') lines.push(vscode.l10n.t('Signed in with a pasted token'));
  if (claims?.expiresAtMs !== undefined) lines.push(vscode.l10n.t('Token expires: {0}', timeOf(claims.expiresAtMs)));
  if (claims?.scopes) lines.push(vscode.l10n.t('Scopes: {0}', visibleText([...claims.scopes].join(' '), 1000)));
  return lines.join('\n');
}

/** `“jane*”: 12 users`; undefined without a search. */
export function searchSummary(list: UserList): string | undefined {
  const { search, total, capped } = list;
  if (!search) return undefined;
  const input = inSentence(search.input, MAX_SEARCH);
  if (total === undefined) return vscode.l10n.t('search “{0}”', input);
  if (total === 1) return vscode.l10n.t('“{0}”: 1 user', input);
  const count = total.toLocaleString(vscode.env.language);
  return capped
    ? vscode.l10n.t('“{0}”: {1} users, of which Auth0 shows the first 1,000', input, count)
    : vscode.l10n.t('“{0}”: {1} users', input, count);
}
