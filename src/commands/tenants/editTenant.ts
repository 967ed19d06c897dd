// *Edit Tenant…*: its name, what it is for, and whether it may be changed at all. Only a person can: a program that could
// call production development would have unlocked it.
import * as vscode from 'vscode';
import { ENVIRONMENTS } from '../../management/environment';
import type { Dialogs } from '../../shell/dialogs';
import { environmentName, tenantFirst } from '../../shell/tenantWords';
import type { TenantGuard } from '../../tenants/guard';
import type { TenantProfile } from '../../tenants/record';
import { askForProfile } from '../../tenants/signIn/describeSteps';
import type { TenantStore } from '../../tenants/tenantStore';
import { nearestTenant, type Selection } from '../pickTenant';

export interface EditParts {
  readonly tenants: TenantStore;
  readonly guard: TenantGuard;
  readonly dialogs: Dialogs;
  readonly tree: Selection;
}

export async function editTenant(parts: EditParts, arg: unknown): Promise<void> {
  const { tenants, guard, dialogs } = parts;
  const domain = await nearestTenant(tenants, arg, parts.tree);
  const before = domain && guard.profileOf(domain);
  if (!before) return;
  const title = tenantFirst({ ...before, domain }, vscode.l10n.t('Edit {0}', domain));
  const after = await askForProfile({ title, domain, initial: before, known: before });
  const changes = after && changesOf(before, after);
  for (let asked: TenantProfile | undefined; changes; ) {
    // Another window may have changed it meanwhile: what counts is what it is now.
    const now = guard.profileOf(domain);
    if (!now) return;
    const then = { ...now, ...changes };
    if (strength(then) >= strength(now) || (asked && !changesOf(asked, now))) return tenants.describe(domain, changes);
    if (!(await mayWeaken(dialogs, domain, now, then))) return;
    asked = now;
  }
}

/** A tenant for production is guarded most, one that is read-only for good more than that. */
function strength({ environment, readOnly }: TenantProfile): number {
  return readOnly ? ENVIRONMENTS.length : ENVIRONMENTS.indexOf(environment);
}

/** What `after` says differently; undefined if that is nothing. */
function changesOf(before: TenantProfile, after: TenantProfile): Partial<TenantProfile> | undefined {
  const changes = {
    ...(after.name === before.name ? {} : { name: after.name }),
    ...(after.environment === before.environment ? {} : { environment: after.environment }),
    ...(after.readOnly === before.readOnly ? {} : { readOnly: after.readOnly }),
  };
  return Object.keys(changes).length > 0 ? changes : undefined;
}

async function mayWeaken(
  dialogs: Dialogs,
  tenant: string,
  before: TenantProfile,
  after: TenantProfile,
): Promise<boolean> {
  const change = vscode.l10n.t('Change');
  const inWords = ({ environment, readOnly }: TenantProfile) =>
    readOnly ? vscode.l10n.t('{0}, read-only for good', environmentName(environment)) : environmentName(environment);
  const answer = await dialogs.ask({
    tenant,
    severity: 'warning',
    message: vscode.l10n.t('Guard {0} less than before?', tenant),
    detail: [
      vscode.l10n.t('Now: {0}', inWords(before)),
      vscode.l10n.t('From then on: {0}', inWords(after)),
      '',
      vscode.l10n.t('Its documents can then be edited and saved with fewer questions.'),
    ].join('\n'),
    buttons: [change],
  });
  return answer === change;
}
