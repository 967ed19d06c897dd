// Asks before a connected domain moves to another address.
import * as vscode from 'vscode';
import type { Dialogs } from '../shell/dialogs';
import type { TenantRecord } from './record';

/** Asks whether to connect `from.domain` at the address of `to` from now on. */
export async function mayMove(dialogs: Dialogs, from: TenantRecord, to: TenantRecord): Promise<boolean> {
  const move = vscode.l10n.t('Connect at the New Address');
  const answer = await dialogs.ask({
    tenant: from.domain,
    severity: 'warning',
    message: vscode.l10n.t(
      '{0} is connected already, at another address. Connect it at the new one instead?',
      from.domain,
    ),
    detail: [
      vscode.l10n.t('Now: {0}', placeOf(from)),
      vscode.l10n.t('From then on: {0}', placeOf(to)),
      '',
      vscode.l10n.t(
        'The present token or secret is forgotten. Open documents show users of the old address, and are saved to the new one.',
      ),
    ].join('\n'),
    buttons: [move],
  });
  return answer === move;
}

export function placeOf({ kind, origin }: Pick<TenantRecord, 'kind' | 'origin'>): string {
  return kind === 'sample' ? vscode.l10n.t('the sample tenant inside VS Code') : origin;
}
