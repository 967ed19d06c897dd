// Lets the user choose the file of a private key.
import * as vscode from 'vscode';

/** The largest keys that Auth0 takes have 4 KB; a file with a chain of certificates beside one has a few more. */
const MAX_BYTES = 64 * 1024;

/** The file's text, for the box that asks for the key; undefined if none was chosen. @throws Error for people */
export async function chooseKeyFile(): Promise<string | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Choose the Private Key'),
      openLabel: vscode.l10n.t('Use This Key'),
    })) ?? [];
  if (uri === undefined) return undefined;
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > MAX_BYTES) throw new Error(vscode.l10n.t('This file is too large to be a key.'));
  const text = Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8');
  // An input box has one line.
  return text.replaceAll(/\s*[\r\n]\s*/g, ' ');
}
