// *Copy the PATCH as cURL*: asks for the shell, and copies a command that is quoted for it.
import * as vscode from 'vscode';
import { showStatus } from '../../shell/status';
import { type CurlRequest, SHELLS, type Shell, toCurl } from '../../text/curl';

/** @returns a function that asks for the shell and copies; the shell chosen last in this window is offered first */
export function curlCopier(): (request: CurlRequest) => Promise<void> {
  let last: Shell = process.platform === 'win32' ? 'powershell' : 'posix';
  return async request => {
    const shell = await askForShell(last);
    if (!shell) return;
    last = shell;
    await copy(request, shell);
  };
}

async function copy(request: CurlRequest, shell: Shell): Promise<void> {
  const command = toCurl(request, shell);
  if (command === undefined) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t('cmd takes no command of this length. Copy it for another shell: PowerShell takes it.'),
    );
    return;
  }
  await vscode.env.clipboard.writeText(command);
  showStatus(vscode.l10n.t('$(clippy) Copied. The token is expected in AUTH0_TOKEN.'));
}

async function askForShell(first: Shell): Promise<Shell | undefined> {
  const items = [first, ...SHELLS.filter(shell => shell !== first)].map(shell => ({ ...WORDS[shell](), shell }));
  const placeHolder = vscode.l10n.t('Where will you paste it? Each shell quotes in its own way.');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.shell;
}

const WORDS: Record<Shell, () => { readonly label: string; readonly description: string; readonly detail?: string }> = {
  posix: () => ({ label: vscode.l10n.t('POSIX shell'), description: 'sh, bash, zsh, dash' }),
  powershell: () => ({
    label: vscode.l10n.t('PowerShell'),
    description: vscode.l10n.t('on Windows'),
    detail: vscode.l10n.t('Characters beyond plain ASCII are written as \\uXXXX: the same JSON.'),
  }),
  cmd: () => ({
    label: 'cmd',
    description: vscode.l10n.t('at the prompt, not in a batch file'),
    detail: vscode.l10n.t('Characters beyond plain ASCII are written as \\uXXXX: the same JSON.'),
  }),
};
