// *Unlock Production for This Session…* and *Lock Again*.
import * as vscode from 'vscode';
import { type Abilities, abilitiesOf, lackingScope } from '../../management/auth/scopes';
import { isRefusing, type LockState } from '../../management/environment';
import type { TenantDomain } from '../../management/tenant';
import type { Commands } from '../../shell/commandTable';
import type { Dialogs } from '../../shell/dialogs';
import { durationInWords } from '../../shell/duration';
import { onTenant } from '../../shell/report';
import { settings } from '../../shell/settings';
import { showStatus } from '../../shell/status';
import { tenantInWords } from '../../shell/tenantWords';
import type { TenantGuard } from '../../tenants/guard';
import type { TenantAccess } from '../../tenants/tenantAccess';
import { nearestTenant, type Selection } from '../pickTenant';
import type { TenantList } from '../target';

export interface LockParts {
  readonly tenants: TenantList;
  readonly guard: TenantGuard;
  readonly tree: Selection;
  readonly unlock: Unlocker;
}

/**
 * @param ability what it is unlocked for; without it, anything
 * @returns whether the tenant may be changed now
 * @throws ManagementError if the token is known to lack the scope: nobody unlocks a tenant for nothing
 */
export type Unlocker = (domain: TenantDomain, ability?: keyof Abilities) => Promise<boolean>;

export interface UnlockParts {
  readonly guard: TenantGuard;
  readonly access: Pick<TenantAccess, 'knownClaims'>;
  readonly dialogs: Dialogs;
}

export function lockCommands({ tenants, guard, tree, unlock }: LockParts): Commands<'unlockTenant' | 'lockTenant'> {
  const nearest = (arg: unknown, state: LockState) =>
    nearestTenant(tenants, arg, tree, domain => guard.stateOf(domain) === state);
  return {
    unlockTenant: async arg => {
      const domain = await nearest(arg, 'locked');
      if (domain) await onTenant(domain, () => unlock(domain));
    },
    lockTenant: async arg => {
      const domain = await nearest(arg, 'unlocked');
      if (!domain) return;
      const profile = guard.profileOf(domain);
      guard.lock(domain);
      showStatus(vscode.l10n.t('$(lock) {0} is locked again.', profile ? tenantInWords(profile) : domain));
    },
  };
}

/**
 * Asks a person to unlock a tenant, whoever wants it unlocked. Several that want the same tenant, as with *Save All*, share
 * one question.
 */
export function unlocker({ guard, access, dialogs }: UnlockParts): Unlocker {
  const asking = new Map<TenantDomain, Promise<boolean>>();
  return async (domain, ability) => {
    const profile = guard.profileOf(domain);
    const state = guard.stateOf(domain);
    if (!profile || state !== 'locked') return !isRefusing(state);
    const abilities = abilitiesOf(access.knownClaims(domain)?.scopes);
    const wanted = ability ?? (abilities.canCreate ? 'canCreate' : 'canUpdate');
    if (!abilities[wanted]) throw lackingScope(wanted);
    const shared = asking.get(domain) ?? ask(guard, dialogs, domain).finally(() => asking.delete(domain));
    asking.set(domain, shared);
    return shared;
  };
}

async function ask(guard: TenantGuard, dialogs: Dialogs, domain: TenantDomain): Promise<boolean> {
  const relockMs = settings.relockMs();
  const unlock = vscode.l10n.t('Unlock');
  const answer = await dialogs.ask({
    tenant: domain,
    severity: 'warning',
    message: vscode.l10n.t('Unlock {0} for this session?', domain),
    detail: [
      vscode.l10n.t('Until it is locked again, what you save in this window changes its users.'),
      relockMs > 0
        ? vscode.l10n.t(
            'It is locked again after {0} without a save, or when the window closes.',
            durationInWords(relockMs),
          )
        : vscode.l10n.t('It is locked again when the window closes.'),
    ].join('\n\n'),
    buttons: [unlock],
  });
  if (answer !== unlock) return false;
  guard.unlock(domain);
  return true;
}
