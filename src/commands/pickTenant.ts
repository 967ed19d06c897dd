// Which tenant a command is for, when its argument does not say.
import * as vscode from 'vscode';
import type { TenantDomain } from '../management/tenant';

export interface TenantList {
  all(): readonly { readonly domain: TenantDomain; readonly kind: string }[];
}

/** The only tenant, or the focused one; else asks. Undefined if there is none or the user gave up. */
export async function pickTenant(list: TenantList, focused?: TenantDomain): Promise<TenantDomain | undefined> {
  const tenants = list.all();
  const certain = tenants.find(({ domain }) => domain === focused) ?? (tenants.length === 1 ? tenants[0] : undefined);
  return certain ? certain.domain : askForOne(list);
}

/** Asks even where there is only one, for what cannot be taken back. */
export async function askForOne(list: TenantList): Promise<TenantDomain | undefined> {
  const items = list.all().map(({ domain, kind }) => ({
    domain,
    label: domain,
    description: kind === 'sample' ? vscode.l10n.t('sample') : '',
  }));
  if (items.length === 0) return undefined;
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Choose a tenant') });
  return chosen?.domain;
}
