// Says at the top of a document why it is read-only, with what can be done about it.
import * as vscode from 'vscode';
import { EDITED_SCHEMES, NEW_USER_SCHEME } from '../documents/uris';
import { SCOPE_FOR } from '../management/auth/scopes';
import { parseTenantDomain, type TenantDomain } from '../management/tenant';
import { commandId } from '../shell/commandTable';
import { scopeActions, signInAgain } from '../shell/errors';
import { tenantInWords } from '../shell/tenantWords';
import type { Guarded } from './guarded';

const TOP = new vscode.Range(0, 0, 0, 0);

export class ReadonlyLens implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #guarded: Guarded;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(guarded: Guarded) {
    this.#guarded = guarded;
    const selector = EDITED_SCHEMES.map(scheme => ({ scheme }));
    this.#subscription = vscode.Disposable.from(
      this.#changed,
      guarded.onDidChange(() => this.#changed.fire()),
      vscode.languages.registerCodeLensProvider(selector, this),
    );
  }

  provideCodeLenses({ uri, isDirty }: vscode.TextDocument): vscode.CodeLens[] {
    const isDraft = uri.scheme === NEW_USER_SCHEME;
    const ability = isDraft ? 'canCreate' : 'canUpdate';
    const tenant = parseTenantDomain(uri.authority);
    if (!tenant) return [];
    const profile = this.#guarded.profileOf(tenant);
    if (!profile) return [notConnected(tenant)];
    const reason = this.#guarded.readonlyReasonOf(tenant, ability);
    if (!reason) return [];
    const words = tenantInWords(profile);
    const lens = (title: string, command: 'tenantMenu' | 'unlockTenant' | 'editTenant') =>
      new vscode.CodeLens(TOP, { title, command: commandId(command), arguments: [{ tenant }] });
    switch (reason) {
      case 'locked':
        return [
          lens(
            isDraft || isDirty
              ? vscode.l10n.t('$(lock) {0}: locked, so saving asks to unlock it', words)
              : vscode.l10n.t('$(lock) {0}: locked, so nothing can be changed', words),
            'tenantMenu',
          ),
          lens(vscode.l10n.t('Unlock for This Session…'), 'unlockTenant'),
        ];
      case 'readOnly':
        return [
          lens(vscode.l10n.t('$(lock) {0}: read-only for good', words), 'tenantMenu'),
          lens(vscode.l10n.t('Edit Tenant…'), 'editTenant'),
        ];
      case 'scopes': {
        const scope = SCOPE_FOR[ability];
        const actions = [signInAgain(tenant), ...scopeActions(tenant, [scope])];
        return [
          lens(vscode.l10n.t('$(lock) {0}: the token lacks {1}', words, scope), 'tenantMenu'),
          ...actions.map(action => new vscode.CodeLens(TOP, { ...action, arguments: [...action.arguments] })),
        ];
      }
    }
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

/** Its documents outlive it in their tabs. */
function notConnected(tenant: TenantDomain): vscode.CodeLens {
  return new vscode.CodeLens(TOP, {
    title: vscode.l10n.t('$(lock) {0} is not connected: add it again to save anything. Add Tenant…', tenant),
    command: commandId('addTenant'),
  });
}
