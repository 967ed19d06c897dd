// The row of a tenant, and the words for its search.
import * as vscode from 'vscode';
import { abilitiesOf, canWrite } from '../management/auth/scopes';
import type { TokenClaims } from '../management/auth/token';
import { isRefusing, type LockState } from '../management/environment';
import { isLoopback, type TenantDomain } from '../management/tenant';
import { colorOf, dotted, environmentName, iconOf, stateInWords } from '../shell/tenantWords';
import { inSentence } from '../text/visibleText';
import { nodeId, type TenantNode } from './model/nodes';
import type { UserList } from './model/userList';
import type { TenantClients, TenantInfo } from './sources';
import { announce, contextWords } from './treeItems';

const MAX_SEARCH = 60;

export function tenantItem(
  node: TenantNode,
  info: TenantInfo,
  access: Pick<TenantClients, 'knownClaims' | 'signedIn' | 'lockState'>,
  list: UserList | undefined,
): vscode.TreeItem {
  const claims = access.knownClaims(info.domain);
  const { domain, name, environment } = info;
  const lock = access.lockState(domain);
  const item = new vscode.TreeItem(name);
  item.id = nodeId(node);
  // The colour and the letter of its environment come from TenantDecorations.
  item.resourceUri = vscode.Uri.from({ scheme: 'auth0-tenant', authority: domain });
  const isAble = canWrite(claims?.scopes);
  item.description = dotted(
    environmentName(environment),
    stateInWords(info.kind, lock, isAble),
    locationOf(info),
    list && searchSummary(list),
  );
  const icon = info.kind === 'sample' ? 'beaker' : isRefusing(lock) || !isAble ? 'lock' : iconOf(environment);
  item.iconPath = new vscode.ThemeIcon(icon, colorOf(environment));
  item.contextValue = contextValue(info, claims, list, lock);
  announce(item);
  return item;
}

function contextValue(
  info: TenantInfo,
  claims: TokenClaims | undefined,
  list: UserList | undefined,
  lock: LockState,
): string {
  const { canCreate, canUpdate } = abilitiesOf(claims?.scopes);
  const isOpen = lock !== 'readOnly' && info.kind !== 'signedOut';
  const abilities = [isOpen && canCreate && 'canCreate', isOpen && canUpdate && 'canUpdate'];
  return contextWords('tenant', info.kind, lock, ...abilities, list?.search && 'searched');
}

/** Tells tenants apart at a glance: nobody may take a sample or a sandbox for a real tenant. */
export function locationOf({ domain, origin, kind }: TenantInfo): string | undefined {
  if (kind === 'sample') return vscode.l10n.t('sample');
  return isLoopback(origin) ? new URL(origin).host : regionOf(domain);
}

/** The region in the domain: `US` for acme.auth0.com and acme.us.auth0.com, undefined for a custom domain. */
export function regionOf(domain: TenantDomain): string | undefined {
  const [, region = 'us'] = /^[^.]+(?:\.([a-z]{2}(?:-\d+)?))?\.auth0\.com$/.exec(domain) ?? [];
  return domain.endsWith('.auth0.com') ? region.toUpperCase() : undefined;
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
