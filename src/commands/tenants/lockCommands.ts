// *Unlock Production for This Session…* and *Lock Again*.
import * as vscode from 'vscode';
import type { TenantDomain } from '../../management/tenant';
import type { Commands } from '../../shell/commandTable';
import type { Dialogs } from '../../shell/dialogs';
import { durationInWords } from '../../shell/duration';
import { settings } from '../../shell/settings';
import { showStatus } from '../../shell/status';
import { environmentName } from '../../shell/tenantWords';
import type { TenantGuard } from '../../tenants/guard';
import type { TenantList } from '../target';
import { tenantInFront } from './tenantInFront';

export interface LockParts {
  readonly tenants: TenantList;
  readonly guard: TenantGuard;
  readonly dialogs: Dialogs;
}

export function lockCommands({ tenants, guard, dialogs }: LockParts): Commands<'unlockTenant' | 'lockTenant'> {
  return {
    unlockTenant: async arg => {
      const domain = await tenantInFront(tenants, arg, candidate => guard.stateOf(candidate) === 'locked');
      if (domain) await askToUnlock(guard, dialogs, domain);
    },
    lockTenant: async arg => {
      const domain = await tenantInFront(tenants, arg, candidate => guard.stateOf(candidate) === 'unlocked');
      if (!domain) return;
      guard.lock(domain);
      showStatus(vscode.l10n.t('$(lock) {0} is locked again.', domain));
    },
  };
}

/** Always asks a person, whoever runs it. Resolves with whether the tenant may be changed now. */
export async function askToUnlock(guard: TenantGuard, dialogs: Dialogs, domain: TenantDomain): Promise<boolean> {
  const profile = guard.profileOf(domain);
  const state = guard.stateOf(domain);
  if (!profile || state !== 'locked') return state === 'open' || state === 'unlocked';
  const relockMs = settings.relockMs();
  const unlock = vscode.l10n.t('Unlock');
  const answer = await dialogs.ask({
    tenant: domain,
    severity: 'warning',
    message: vscode.l10n.t('Unlock {0} for this session?', domain),
    detail: [
      vscode.l10n.t(
        'It is a tenant for {0}. Until it is locked again, what you save in this window changes its users.',
        environmentName(profile.environment),
      ),
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
