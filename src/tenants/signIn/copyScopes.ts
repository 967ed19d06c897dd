// *Copy Scopes* in the boxes that ask for credentials, or say which scope they lack.
import * as vscode from 'vscode';
import type { InputStep } from '../../shell/quickSteps';
import { showStatus } from '../../shell/status';
import { WANTED_SCOPES } from './method';

export function copyScopes(): InputStep['copy'] {
  return {
    tooltip: vscode.l10n.t('Copy Scopes'),
    async run() {
      await vscode.env.clipboard.writeText(WANTED_SCOPES);
      showStatus(vscode.l10n.t('$(check) Copied the scopes to ask for: {0}.', WANTED_SCOPES));
    },
  };
}
