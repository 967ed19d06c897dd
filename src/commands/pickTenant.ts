// Finds the tenant of a command: the one that its argument names, else the focused one, the only one, or a choice.

import * as vscode from 'vscode';
import { tenantOfActive } from '../documents/activeDocument';
import { isRecord } from '../json/plain';
import { ofUser, type ResourceId } from '../management/resourceId';
import type { TenantDomain } from '../management/tenant';
import { CallerError } from '../shell/report';
import { dotted, environmentName, tenantFirst, tenantInWords } from '../shell/tenantWords';
import { inSentence } from '../text/visibleText';
import type { UsersTree } from '../tree/usersTree';
import { isTreeNode, type TenantList, toTarget } from './target';

/** The view's selection, as far as a command may go by it. */
export type Selection = Pick<UsersTree, 'focusedTenant'>;

/**
 * Resolves with the tenant that `arg` names. Without a name, takes the tenant of the selected row, else the only one, else
 * asks.
 *
 * @returns undefined if there are no tenants, or the user cancelled
 * @throws CallerError, with a sentence, if the named tenant is not connected
 */
export async function pickTenant(
  list: TenantList,
  arg: unknown,
  selection?: Selection,
): Promise<TenantDomain | undefined> {
  const named = namedTenant(list, arg);
  if (named) return named;
  const tenants = list.all();
  const focused = isFromCaller(arg) ? undefined : selection?.focusedTenant();
  const certain = tenants.find(({ domain }) => domain === focused) ?? (tenants.length === 1 ? tenants[0] : undefined);
  return certain ? certain.domain : askForOne(list);
}

/**
 * Like `pickTenant`, for a command about the tenant that somebody works on: without a name, the tenant of the document in
 * front comes before the selected row. Throws like `pickTenant`.
 *
 * @param fits which tenants the command makes sense for; the others are not offered
 */
export async function nearestTenant(
  list: TenantList,
  arg: unknown,
  selection: Selection,
  fits: (domain: TenantDomain) => boolean = () => true,
): Promise<TenantDomain | undefined> {
  const named = namedTenant(list, arg);
  if (named) return named;
  const fitting = list.all().filter(({ domain }) => fits(domain));
  const inFront = arg === undefined ? tenantOfActive() : undefined;
  const found = fitting.find(({ domain }) => domain === inFront);
  return found?.domain ?? pickTenant({ all: () => fitting }, arg, selection);
}

/** Callers do not see the selection: what is selected is not what they mean. */
function isFromCaller(arg: unknown): boolean {
  return isRecord(arg) && !isTreeNode(arg);
}

/** The tenant that an argument names, if any. @throws CallerError, with a sentence, if it is not connected */
export function namedTenant(list: TenantList, arg: unknown): TenantDomain | undefined {
  const { tenant } = toTarget(arg, list);
  if (tenant?.kind === 'unknown') throw new CallerError(unknownTenant(list, tenant.name));
  return tenant?.domain;
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
  selection?: Selection,
): Promise<ResourceId | 'none' | undefined> {
  const { userId } = toTarget(arg, list);
  if (userId) {
    const tenant = await pickTenant(list, arg, selection);
    return tenant && ofUser(tenant, userId);
  }
  if (namedTenant(list, arg) || (isRecord(arg) && arg.userId !== undefined)) {
    throw new CallerError(vscode.l10n.t('The argument names no user: `userId` is missing, or is no ID.'));
  }
  return 'none';
}

/** Asks even if there is only one tenant, for commands that cannot be undone. */
export async function askForOne(list: TenantList): Promise<TenantDomain | undefined> {
  const items = list.all().map(({ domain, kind, name, environment }) => ({
    domain,
    label: domain,
    description: dotted(
      name === domain ? environmentName(environment) : tenantInWords({ name, environment }),
      kind === 'sample' ? vscode.l10n.t('sample') : undefined,
    ),
  }));
  if (items.length === 0) return undefined;
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Choose a tenant') });
  return chosen?.domain;
}

/** `title`, with the tenant in front. */
export function titleWith(list: TenantList, tenant: TenantDomain, title: string): string {
  return tenantFirst(
    list.all().find(({ domain }) => domain === tenant),
    title,
  );
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
