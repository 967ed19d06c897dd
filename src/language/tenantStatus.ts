// Says in the status bar which tenant the document in front is of, what that tenant is for, and whether it may be changed.
import * as vscode from 'vscode';
import { onDidChangeActiveDocument, tenantOfActive } from '../documents/activeDocument';
import { type Environment, isRefusing, type LockState } from '../management/environment';
import type { TenantDomain } from '../management/tenant';
import { commandId } from '../shell/commandTable';
import { colorOf, iconOf, lockInWords, tenantInWords } from '../shell/tenantWords';
import type { Guarded } from './guarded';

export class TenantStatus implements vscode.Disposable {
  readonly #guarded: Guarded;
  readonly #item = vscode.window.createStatusBarItem('auth0Metadata.tenant', vscode.StatusBarAlignment.Left, 100);
  readonly #subscription: vscode.Disposable;

  constructor(guarded: Guarded) {
    this.#guarded = guarded;
    this.#item.name = vscode.l10n.t('Auth0 tenant');
    this.#subscription = vscode.Disposable.from(
      this.#item,
      onDidChangeActiveDocument(() => this.#update()),
      guarded.onDidChange(() => this.#update()),
    );
    this.#update();
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #update(): void {
    const domain = tenantOfActive();
    const profile = domain && this.#guarded.profileOf(domain);
    if (!profile) {
      this.#item.hide();
      return;
    }
    const { environment } = profile;
    const facts = statusFacts(domain, profile, this.#guarded.stateOf(domain), this.#guarded.canWrite(domain));
    const { text, label, tooltip, isAlarming } = facts;
    this.#item.text = text;
    this.#item.tooltip = tooltip;
    this.#item.accessibilityInformation = { label };
    this.#item.color = isAlarming ? undefined : colorOf(environment);
    this.#item.backgroundColor = isAlarming ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    this.#item.command = { title: '', command: commandId('tenantMenu'), arguments: [{ tenant: domain }] };
    this.#item.show();
  }
}

interface StatusFacts {
  readonly text: string;
  /** What a screen reader says. */
  readonly label: string;
  readonly tooltip: string;
  /** Whether a save would change production. */
  readonly isAlarming: boolean;
}

/** @param canWrite false if the token is known to lack every scope to write */
export function statusFacts(
  domain: TenantDomain,
  profile: { readonly name: string; readonly environment: Environment },
  state: LockState,
  canWrite: boolean,
): StatusFacts {
  const { environment, name } = profile;
  const [words, lock] = [tenantInWords(profile), lockInWords(state, canWrite)];
  const icon = state === 'unlocked' && canWrite ? 'unlock' : 'lock';
  return {
    text: `$(${iconOf(environment)}) ${words}${lock ? ` $(${icon}) ${lock}` : ''}`,
    label: [words, name === domain ? undefined : domain, lock].filter(text => text !== undefined).join(', '),
    tooltip: tooltipOf(domain, state, canWrite),
    isAlarming: environment === 'production' && !isRefusing(state) && canWrite,
  };
}

function tooltipOf(domain: TenantDomain, state: LockState, canWrite: boolean): string {
  if (!canWrite && state !== 'readOnly') {
    return vscode.l10n.t(
      '{0} is read-only: its token lacks the scopes to change anything. Click for its menu, to sign in again.',
      domain,
    );
  }
  switch (state) {
    case 'open':
      return vscode.l10n.t('{0}. Click for what can be done with this tenant.', domain);
    case 'unlocked':
      return vscode.l10n.t(
        '{0} is unlocked in this window: a save changes it. Click for its menu, to lock it again.',
        domain,
      );
    case 'locked':
      return vscode.l10n.t(
        '{0} is locked: its documents are read-only. Click for its menu, to unlock it for this session.',
        domain,
      );
    case 'readOnly':
      return vscode.l10n.t(
        'You have made {0} read-only for good. Click for its menu: Edit Tenant… changes that.',
        domain,
      );
  }
}
