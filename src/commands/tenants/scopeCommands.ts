// *Copy Scopes* and *Open the Dashboard’s Page*: help with getting a token that may do more.
import * as vscode from 'vscode';
import { isRecord } from '../../json/plain';
import { scopesToAskFor } from '../../management/auth/scopes';
import { dashboardUrl } from '../../management/dashboard';
import { ManagementError } from '../../management/errors';
import type { Commands } from '../../shell/commandTable';
import { neededScopes } from '../../shell/errors';
import { showStatus } from '../../shell/status';
import { credentialsKindOf } from '../../tenants/record';
import { WANTED_SCOPES } from '../../tenants/signIn/method';
import type { TenantAccess } from '../../tenants/tenantAccess';
import type { TenantStore } from '../../tenants/tenantStore';
import type { UsersTree } from '../../tree/usersTree';
import { nearestTenant } from '../pickTenant';

export function scopeCommands(
  tenants: TenantStore,
  access: TenantAccess,
  tree: UsersTree,
): Commands<'copyScopes' | 'openDashboard'> {
  return {
    copyScopes: async arg => {
      const tenant = await nearestTenant(tenants, arg, tree);
      if (tenant === undefined) return;
      const granted = access.knownClaims(tenant)?.scopes;
      const scopes = scopesToAskFor(WANTED_SCOPES.split(' '), granted, neededFor(arg)).join(' ');
      await vscode.env.clipboard.writeText(scopes);
      showStatus(vscode.l10n.t('$(check) Copied the scopes to ask for: {0}.', scopes));
    },
    openDashboard: async arg => {
      const tenant = await nearestTenant(tenants, arg, tree);
      const record = tenant && tenants.get(tenant);
      if (!record) return;
      const kind = credentialsKindOf(record) ?? 'token';
      await vscode.env.openExternal(vscode.Uri.parse(dashboardUrl(record.domain, kind)));
    },
  };
}

/** The scopes of `{scopes}`, or of the refusal that a row of the tree shows. */
function neededFor(arg: unknown): readonly string[] {
  if (!isRecord(arg)) return [];
  if (Array.isArray(arg.scopes)) return arg.scopes.filter(scope => typeof scope === 'string');
  return (ManagementError.is(arg.error) ? neededScopes(arg.error) : undefined) ?? [];
}
