// Before *Add Tenant…* asks for a domain, it offers those that Auth0's own CLI knows and VS Code does not.
import { hostname } from 'node:os';
import * as vscode from 'vscode';
import type { TenantDomain } from '../../management/tenant';
import { type CliTenant, cliConfigFile, readCliTenants } from './cliTenants';

/** The domain that was chosen; `another` if it is to be typed, because there is nothing to offer or nothing fits. */
export async function askForCliTenant(
  isConnected: (domain: TenantDomain) => boolean,
): Promise<TenantDomain | 'another' | undefined> {
  const file = cliConfigFile(process.env);
  const offered = file ? (await readCliTenants(file)).filter(({ domain }) => !isConnected(domain)) : [];
  if (offered.length === 0) return 'another';
  const chosen = await vscode.window.showQuickPick(itemsOf(offered), {
    title: vscode.l10n.t('Add an Auth0 Tenant'),
    // The machine is named because the extension may run on another one than the window.
    placeHolder: vscode.l10n.t('Auth0’s CLI on {0} has these tenants. Its tokens are not used.', hostname()),
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return chosen?.answer;
}

function itemsOf(offered: readonly CliTenant[]) {
  return [
    ...offered.map(({ domain, name }) => ({
      answer: domain,
      label: `$(organization) ${domain}`,
      description: name === domain ? '' : name,
    })),
    { answer: 'another' as const, label: vscode.l10n.t('$(edit) Another Domain…') },
  ];
}
