// Commands that add a tenant, sign in again, and remove a tenant.

import * as vscode from 'vscode';
import { isRecord } from '../../json/plain';
import { ENVIRONMENTS, isEnvironment } from '../../management/environment';
import { type Tenant, type TenantDomain, tenantOf } from '../../management/tenant';
import type { Commands } from '../../shell/commandTable';
import type { Dialogs } from '../../shell/dialogs';
import { CallerError, forCaller } from '../../shell/report';
import { placeOf } from '../../tenants/moveTenant';
import type { OpenAccess } from '../../tenants/openAccess';
import {
  credentialsKindOf,
  guessedProfile,
  isSamePlace,
  type TenantProfile,
  type TenantRecord,
} from '../../tenants/record';
import { type NewTenant, parseAddTenantArgs } from '../../tenants/signIn/addArgs';
import { askForTenant } from '../../tenants/signIn/addTenantSteps';
import { askForCliTenant } from '../../tenants/signIn/cliOffer';
import { askForProfile } from '../../tenants/signIn/describeSteps';
import type { TenantStore } from '../../tenants/tenantStore';
import type { UsersTree } from '../../tree/usersTree';
import { askForOne, namedTenant, nearestTenant } from '../pickTenant';
import { isTreeNode } from '../target';

const FOCUS_VIEW = 'auth0Metadata.users.focus';

export function tenantCommands(
  tenants: TenantStore,
  openAccess: OpenAccess,
  tree: UsersTree,
  dialogs: Dialogs,
  eraseHistory: (domain: TenantDomain) => Promise<void>,
): Commands<'addTenant' | 'trySampleTenant' | 'updateCredentials' | 'removeTenant'> {
  return {
    addTenant: arg => addTenant(tenants, openAccess, arg),
    trySampleTenant: () => trySampleTenant(tenants),
    updateCredentials: arg => updateCredentials(tenants, openAccess, tree, arg),
    removeTenant: arg => removeTenant(tenants, dialogs, eraseHistory, arg),
  };
}

/**
 * With an argument (see parseAddTenantArgs) it makes no request, and asks only one question: whether a domain that is
 * connected at another address may move. Resolves with the domain.
 */
async function addTenant(
  tenants: TenantStore,
  openAccess: OpenAccess,
  arg: unknown,
): Promise<TenantDomain | undefined> {
  // An array is an argument, too: one that does not fit.
  if (typeof arg === 'object' && arg !== null && !isTreeNode(arg)) return addNamed(tenants, arg);
  const offered = await askForCliTenant(candidate => tenants.get(candidate) !== undefined);
  if (offered === undefined) return undefined;
  const added = await askForTenant(openAccess, offered === 'another' ? undefined : tenantOf(offered));
  if (added === undefined) return undefined;
  const { domain } = added.tenant;
  const title = vscode.l10n.t('Add {0}', domain);
  const held = tenants.get(domain);
  // At another address it is another tenant.
  const known =
    held && isSamePlace(held, { kind: added.credentials.kind, origin: added.tenant.origin }) ? held : undefined;
  const initial = guessedProfile(added.tenant, added.friendlyName);
  const profile = known ?? (await askForProfile({ title, domain, initial }));
  if (!profile || !isHeld(await tenants.add(added.tenant, added.credentials, profile), added)) return undefined;
  await vscode.commands.executeCommand(FOCUS_VIEW);
  return domain;
}

/** Adds the tenant that a caller has named. */
async function addNamed(tenants: TenantStore, arg: object): Promise<TenantDomain> {
  const added = parseAddTenantArgs(arg);
  const { domain } = added.tenant;
  const profile = profileIn(added.tenant, arg);
  const record = await forCaller(domain, () => tenants.add(added.tenant, added.credentials, profile));
  if (isHeld(record, added)) return domain;
  throw new CallerError(
    vscode.l10n.t('addTenant: {0} is connected at another address, and stays there: {1}.', domain, placeOf(record)),
  );
}

/** What a caller says of a new tenant; one that is there keeps what its user said. */
function profileIn(tenant: Tenant, arg: object): TenantProfile {
  const { name, environment, readOnly } = isRecord(arg) ? arg : {};
  if (name !== undefined && typeof name !== 'string') {
    throw new CallerError(vscode.l10n.t('addTenant: `name` must be a text.'));
  }
  if (readOnly !== undefined && typeof readOnly !== 'boolean') {
    throw new CallerError(vscode.l10n.t('addTenant: `readOnly` must be true or false.'));
  }
  const guess = guessedProfile(tenant, name);
  if (environment !== undefined && !isEnvironment(environment)) {
    throw new CallerError(vscode.l10n.t('addTenant: `environment` must be one of: {0}.', ENVIRONMENTS.join(', ')));
  }
  return { ...guess, environment: environment ?? guess.environment, readOnly: readOnly === true };
}

/** Whether the store holds what was to be added: the user may have refused to move the tenant. */
function isHeld({ kind, origin }: TenantRecord, { tenant, credentials }: NewTenant): boolean {
  return kind === credentials.kind && origin === tenant.origin;
}

async function trySampleTenant(tenants: TenantStore): Promise<TenantDomain | undefined> {
  const location = { viewId: 'auth0Metadata.users' };
  const { domain, kind } = await vscode.window.withProgress({ location }, () => tenants.addSample());
  if (kind !== 'sample') return undefined;
  await vscode.commands.executeCommand(FOCUS_VIEW);
  return domain;
}

/** Never asks for the domain; asks which tenant only where several are connected and none is in front or selected. */
async function updateCredentials(
  tenants: TenantStore,
  openAccess: OpenAccess,
  tree: UsersTree,
  arg: unknown,
): Promise<void> {
  const domain = await nearestTenant(tenants, arg, tree);
  const record = domain && tenants.get(domain);
  if (!record) return;
  if (record.kind === 'sample') {
    await tenants.addSample();
    return;
  }
  const updated = await askForTenant(openAccess, record, credentialsKindOf(record));
  if (updated) await tenants.add(updated.tenant, updated.credentials);
}

/** Removes the `{tenant}` of a caller without a question. A click in the tree and the palette ask first. */
async function removeTenant(
  tenants: TenantStore,
  dialogs: Dialogs,
  eraseHistory: (domain: TenantDomain) => Promise<void>,
  arg: unknown,
): Promise<void> {
  const target = namedTenant(tenants, arg);
  const domain = target ?? (await askForOne(tenants));
  if (domain === undefined || tenants.get(domain) === undefined) return;
  const isAutomation = target !== undefined && !isTreeNode(arg);
  const answer = isAutomation ? 'remove' : await confirmRemoval(dialogs, domain);
  if (answer === undefined) return;
  await tenants.remove(domain);
  if (answer === 'erase') await eraseHistory(domain);
}

function hasUnsaved(domain: TenantDomain): boolean {
  return vscode.workspace.textDocuments.some(({ uri, isDirty }) => isDirty && uri.authority === domain);
}

async function confirmRemoval(dialogs: Dialogs, domain: TenantDomain): Promise<'remove' | 'erase' | undefined> {
  const remove = vscode.l10n.t('Remove');
  const erase = vscode.l10n.t('Remove and Erase Its Save History');
  const answer = await dialogs.ask({
    tenant: domain,
    message: vscode.l10n.t('Remove the tenant {0} from VS Code?', domain),
    detail: [
      vscode.l10n.t(
        'Its token or secret is deleted from this computer. The history of saves holds metadata of its users and stays here unless you erase it. Nothing changes in Auth0.',
      ),
      ...(hasUnsaved(domain)
        ? [vscode.l10n.t('Documents with unsaved changes stay open: they can be saved once the tenant is added again.')]
        : []),
    ].join('\n\n'),
    severity: 'warning',
    buttons: [remove, erase],
  });
  if (answer === erase) return 'erase';
  return answer === remove ? 'remove' : undefined;
}
