// Save a Copy to Disk…: the text of a document as a local file, which no server can refuse.
import { homedir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { UserFiles } from '../../documents/files/userFiles';
import { takeBack } from '../../documents/open/strangers';
import { NEW_USER_SCHEME, USER_SCHEME } from '../../documents/uris';
import { isMissingUser } from '../../shell/errors';
import type { Commands } from '../commandTable';

const OURS = [USER_SCHEME, NEW_USER_SCHEME];

export function saveCopyCommand(): Commands<'saveCopy'> {
  return {
    saveCopy: async arg => {
      const active = vscode.window.activeTextEditor?.document;
      const document = arg instanceof vscode.Uri ? await vscode.workspace.openTextDocument(arg) : active;
      if (!document || !OURS.includes(document.uri.scheme)) {
        void vscode.window.showInformationMessage(vscode.l10n.t('Open a user first.'));
        return undefined;
      }
      return saveCopy(document);
    },
  };
}

/** Where a document cannot be saved as what it is, its text is worth keeping: says how. */
export function offerCopies(files: UserFiles): vscode.Disposable {
  return vscode.Disposable.from(
    files.onDidFail(({ user, error }) => {
      if (!isMissingUser(error)) return;
      const message = vscode.l10n.t(
        'The user is no longer in {0}. Your text can be kept as a file.',
        user.identity.tenant,
      );
      void offer(message, user.uri);
    }),
    files.onDidRefuseCopy(({ user, text, from }) => {
      // The save must have failed in VS Code's eyes before its document is edited.
      setTimeout(() => void takeBack(user, text), 0);
      const message = vscode.l10n.t('Save As would write over a user on the server. Your text can be kept as a file.');
      void offer(message, from);
    }),
  );
}

async function offer(message: string, uri: vscode.Uri): Promise<void> {
  const save = vscode.l10n.t('Save a Copy to Disk…');
  const answer = await vscode.window.showWarningMessage(message, save);
  if (answer === save) await vscode.commands.executeCommand('auth0Metadata.saveCopy', uri);
}

async function saveCopy(document: vscode.TextDocument): Promise<vscode.Uri | undefined> {
  const text = document.getText();
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri;
  const name = path.posix.basename(document.uri.path);
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save a Copy to Disk'),
    defaultUri: vscode.Uri.joinPath(folder ?? vscode.Uri.file(homedir()), name),
    filters: { JSON: ['json'] },
  });
  if (!target) return undefined;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  vscode.window.setStatusBarMessage(
    vscode.l10n.t('$(check) The copy is in {0}. Nothing was sent.', target.fsPath),
    8_000,
  );
  return target;
}
