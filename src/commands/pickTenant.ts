// Finds the tenant of a command: the one that its argument names, else the focused one, the only one, or a choice.
import * as vscode from 'vscode';
import { isRecord } from '../json/plain';
import { ofUser, type ResourceId } from '../management/resourceId';
import type { TenantDomain } from '../management/tenant';
import { CallerError } from '../shell/report';
import { inSentence } from '../text/visibleText';
import type { UsersTree } from '../tree/usersTree';
import { isTreeNode, type NamedTenant, type TenantList, toTarget } from './target';

/**
 * Resolves with the named tenant. Without a name, takes the focused tenant, else the only one, else asks.
 *
 * @returns undefined if there are no tenants, or the user cancelled
 * @throws CallerError, with a sentence, if the named tenant is not connected
 */
export async function pickTenant(
  list: TenantList,
  named: NamedTenant | undefined,
  focused: TenantDomain | undefined,
): Promise<TenantDomain | undefined> {
  if (named) return connectedOnly(list, named);
  const tenants = list.all();
  const certain = tenants.find(({ domain }) => domain === focused) ?? (tenants.length === 1 ? tenants[0] : undefined);
  return certain ? certain.domain : askForOne(list);
}

/** The tenant of the selected row. Undefined if a caller passed an argument: callers do not see the selection. */
export function focusedTenant(tree: Pick<UsersTree, 'focusedTenant'>, arg: unknown): TenantDomain | undefined {
  return isRecord(arg) && !isTreeNode(arg) ? undefined : tree.focusedTenant();
}

/** The tenant that an argument names, if any. @throws CallerError, with a sentence, if it is not connected */
export function connectedOnly(list: TenantList, named: NamedTenant): TenantDomain;
export function connectedOnly(list: TenantList, named: NamedTenant | undefined): TenantDomain | undefined;
export function connectedOnly(list: TenantList, named: NamedTenant | undefined): TenantDomain | undefined {
  if (named?.kind === 'unknown') throw new CallerError(unknownTenant(list, named.name));
  return named?.domain;
}

/**
 * The user that an argument names. `none` if it names neither tenant nor user: then the document in front may be meant.
 *
 * @returns undefined if the user cancelled the choice of a tenant
 * @throws CallerError, with a sentence, if the tenant is not connected, or the ID is missing or invalid
 */
export async function namedUser(
  list: TenantList,
  arg: unknown,
  focused?: TenantDomain,
): Promise<ResourceId | 'none' | undefined> {
  const { tenant: named, userId } = toTarget(arg, list);
  if (userId) {
    const tenant = await pickTenant(list, named, focused);
    return tenant && ofUser(tenant, userId);
  }
  connectedOnly(list, named);
  if (named || (isRecord(arg) && arg.userId !== undefined)) {
    throw new CallerError(vscode.l10n.t('The argument names no user: `userId` is missing, or is no ID.'));
  }
  return 'none';
}

/** Asks even if there is only one tenant, for commands that cannot be undone. */
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

function unknownTenant(list: TenantList, name: string): string {
  const shown = inSentence(name, 80);
  const connected = list.all().map(({ domain }) => domain);
  return connected.length > 0
    ? vscode.l10n.t(
        'The tenant “{0}” is not connected. Add it first, or name one that is: {1}.',
        shown,
        connected.join(', '),
      )
    : vscode.l10n.t('The tenant “{0}” is not connected. Add it first.', shown);
}
