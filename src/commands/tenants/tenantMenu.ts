// The menu of a tenant, from the status bar: what can be done with the tenant of the document in front.
import * as vscode from 'vscode';
import { canWrite } from '../../management/auth/scopes';
import type { LockState } from '../../management/environment';
import type { TenantDomain } from '../../management/tenant';
import { type Command, commandId } from '../../shell/commandTable';
import { dotted, stateInWords, tenantInWords } from '../../shell/tenantWords';
import type { TenantGuard } from '../../tenants/guard';
import type { TenantAccess } from '../../tenants/tenantAccess';
import type { UsersTree } from '../../tree/usersTree';
import { nearestTenant } from '../pickTenant';
import type { TenantList } from '../target';

export interface MenuParts {
  readonly tenants: TenantList;
  readonly guard: TenantGuard;
  readonly access: Pick<TenantAccess, 'knownClaims'>;
  readonly tree: Pick<UsersTree, 'show' | 'focusedTenant'>;
}

interface Item extends vscode.QuickPickItem {
  readonly command: Command | 'show';
}

export async function tenantMenu({ tenants, guard, access, tree }: MenuParts, arg: unknown): Promise<void> {
  const domain = await nearestTenant(tenants, arg, tree);
  const profile = domain && guard.profileOf(domain);
  if (!profile) return;
  const kind = tenants.all().find(tenant => tenant.domain === domain)?.kind;
  const state = guard.stateOf(domain);
  const isAble = canWrite(access.knownClaims(domain)?.scopes);
  const canUnlock = state === 'locked' && isAble;
  const chosen = await vscode.window.showQuickPick(itemsOf({ state, canUnlock, kind, domain }), {
    title: dotted(tenantInWords(profile), stateInWords(kind, state, isAble)),
    placeHolder: profile.name === domain ? '' : domain,
  });
  if (chosen?.command === 'show') {
    await vscode.commands.executeCommand('auth0Metadata.users.focus');
    await tree.show(domain, true);
  } else if (chosen) await vscode.commands.executeCommand(commandId(chosen.command), { tenant: domain });
}

interface MenuFacts {
  readonly state: LockState;
  /** Where the token may change nothing, unlocking the tenant is of no use. */
  readonly canUnlock: boolean;
  readonly kind: string | undefined;
  readonly domain: TenantDomain;
}

function itemsOf({ state, canUnlock, kind, domain }: MenuFacts): readonly Item[] {
  const items: Item[] = [];
  if (canUnlock) {
    items.push({ command: 'unlockTenant', label: vscode.l10n.t('$(unlock) Unlock for This Session…') });
  }
  if (state === 'unlocked') items.push({ command: 'lockTenant', label: vscode.l10n.t('$(lock) Lock Again') });
  items.push(
    { command: 'show', label: vscode.l10n.t('$(list-tree) Show {0} in the Users View', domain) },
    { command: 'searchUsers', label: vscode.l10n.t('$(search) Search Users…') },
    { command: 'editTenant', label: vscode.l10n.t('$(edit) Edit Tenant…') },
  );
  if (kind !== 'sample') items.push({ command: 'updateCredentials', label: vscode.l10n.t('$(key) Sign In Again…') });
  return items;
}
