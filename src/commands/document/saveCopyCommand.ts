// *Save a Copy to Disk…*: saves the text of a document as a local file, which no server can refuse.
import * as path from 'node:path';
import * as vscode from 'vscode';
import { activeDocument } from '../../documents/activeDocument';
import type { Documents } from '../../documents/documents';
import { takeBack } from '../../documents/open/strangers';
import { isEdited } from '../../documents/uris';
import { runCommand } from '../../shell/commands';
import type { Commands } from '../../shell/commandTable';
import { isMissingUser } from '../../shell/errors';
import { askForNewJsonFile } from '../../shell/jsonFiles';
import { reported } from '../../shell/report';
import { showStatus } from '../../shell/status';

export function saveCopyCommand(): Commands<'saveCopy'> {
  return {
    saveCopy: async arg => {
      const active = activeDocument();
      const document = arg instanceof vscode.Uri ? await vscode.workspace.openTextDocument(arg) : active;
      if (!document || !isEdited(document.uri)) {
        void vscode.window.showInformationMessage(vscode.l10n.t('Open a user first.'));
        return undefined;
      }
      return saveCopy(document);
    },
  };
}

/** Offers to keep the text of a document as a file, if it cannot be saved to its user. */
export function offerCopies({ files }: Pick<Documents, 'files'>): vscode.Disposable {
  return vscode.Disposable.from(
    files.onDidFail(({ user, error }) => {
      if (!isMissingUser(error)) return;
      const message = vscode.l10n.t(
        'The user is no longer in {0}. Your text can be kept as a file.',
        user.identity.tenant,
      );
      reported(offer(message, user.uri));
    }),
    files.onDidRefuseCopy(({ user, text, from }) => {
      // VS Code must see the save fail first: only then may its document be edited.
      setTimeout(() => reported(takeBack(user, text)), 0);
      const message = vscode.l10n.t('Save As would write over a user on the server. Your text can be kept as a file.');
      reported(offer(message, from));
    }),
  );
}

async function offer(message: string, uri: vscode.Uri): Promise<void> {
  const save = vscode.l10n.t('Save a Copy to Disk…');
  const answer = await vscode.window.showWarningMessage(message, save);
  if (answer === save) await runCommand('saveCopy', uri);
}

async function saveCopy(document: vscode.TextDocument): Promise<vscode.Uri | undefined> {
  const text = document.getText();
  const name = path.posix.basename(document.uri.path);
  const target = await askForNewJsonFile(vscode.l10n.t('Save a Copy to Disk'), name);
  if (!target) return undefined;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  showStatus(vscode.l10n.t('$(check) The copy is in {0}. Nothing was sent.', target.fsPath));
  return target;
}
