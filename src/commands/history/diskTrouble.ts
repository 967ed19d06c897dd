// Warns once per window if the save history cannot be written, and says what the user can do about it.
import * as vscode from 'vscode';
import { runCommand } from '../../shell/commands';
import { reported } from '../../shell/report';

/** @returns a function to call with the error of each record that could not be written */
export function diskTrouble(log: vscode.LogOutputChannel, folder: string): (error: unknown) => void {
  let told = false;
  return error => {
    log.warn(`history: ${String(error)}`);
    if (told) return;
    told = true;
    reported(tell(codeOf(error), folder));
  };
}

async function tell(code: string, folder: string): Promise<void> {
  const [settings, log] = [vscode.l10n.t('Open Settings'), vscode.l10n.t('Show Log')];
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'The save was made, but the save history cannot be written ({0}): what is saved now cannot be undone from it later. Make room on the disk, or make {1} writable, or turn the history off.',
      code,
      folder,
    ),
    settings,
    log,
  );
  if (answer === settings) {
    await vscode.commands.executeCommand('workbench.action.openSettings', 'auth0Metadata.history.enabled');
  } else if (answer === log) await runCommand('showLog');
}

/** `ENOSPC`, `EACCES`, … */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
