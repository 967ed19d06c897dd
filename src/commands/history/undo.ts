// *Undo This Save*: asks about conflicts, and undoes a save in the user's document.
import * as vscode from 'vscode';
import { applyEdits } from '../../documents/applyEdits';
import { openUriOf } from '../../documents/open/tabs';
import type { SaveRecord } from '../../history/saveRecord';
import { refusedByLock } from '../../management/errors';
import type { TenantDomain } from '../../management/tenant';
import type { Conflict, Side } from '../../metadata/merge';
import { withSignIn } from '../../saving/signIn';
import { type UndoOutcome, type UndoTarget, undoSave } from '../../saving/undoSave';
import type { Dialogs } from '../../shell/dialogs';
import { withMore } from '../../shell/lines';
import { showStatus } from '../../shell/status';
import { describeChange } from '../../text/describe';
import type { HistoryParts } from './saves';

const LINES = 12;

/** Puts the inverse of `record` into the user's document, which is left unsaved for review. */
export async function undo(parts: HistoryParts, record: SaveRecord): Promise<void> {
  // Nothing is edited before the last request, so beginning again does no harm.
  await withSignIn(parts.signIn.attempt(record.tenant, 'read'), () => undoNow(parts, record));
}

async function undoNow({ documents, dialogs }: HistoryParts, record: SaveRecord): Promise<void> {
  const { users, updates, opening } = documents;
  const wasOpen = openUriOf(record) !== undefined;
  await opening.open(record);
  const user = users.find(record);
  const document = user?.document;
  if (!user || !document) return;
  const { readonlyReason } = user;
  if (readonlyReason === 'scopes') {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('Nothing is undone: the token for {0} lacks the scope update:users.', record.tenant),
    );
    return;
  }
  if (readonlyReason) throw refusedByLock('undo', readonlyReason);
  const target: UndoTarget = {
    text: () => document.getText(),
    // By edits even in a clean document: it is edited anyway, and there is no way to wait for a reload.
    bringUpToDate: async () => wasOpen && updates.bringUpToDate(user, document),
    edit: edits => applyEdits(document, edits),
  };
  tell(await undoSave(record, target, conflicts => decide(dialogs, record.tenant, conflicts)));
}

function tell(outcome: UndoOutcome): void {
  switch (outcome) {
    case 'undone':
      showStatus(vscode.l10n.t('$(discard) The save is undone in the document. Review it, then save.'));
      break;
    case 'nothing':
      void vscode.window.showInformationMessage(
        vscode.l10n.t('There is nothing to undo: the document is as it was before.'),
      );
      break;
    case 'left':
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Nothing is undone: what changed again since is left as it is.'),
      );
      break;
    case 'problems':
      void vscode.window.showErrorMessage(vscode.l10n.t('The document has problems. Fix them first, then undo.'));
      break;
    case 'moved':
      void vscode.window.showWarningMessage(
        vscode.l10n.t('The document changed meanwhile. Nothing is undone: try again.'),
      );
      break;
  }
}

/** Asks what to do with the paths that have changed again since the save. Undefined for Cancel. */
async function decide(
  dialogs: Dialogs,
  tenant: TenantDomain,
  conflicts: readonly Conflict[],
): Promise<Side | undefined> {
  const [putBack, leave] = [vscode.l10n.t('Put Back'), vscode.l10n.t('Leave Those')];
  const shown = conflicts
    .slice(0, LINES)
    .map(({ path, mine, theirs }) => describeChange({ path, before: mine, after: theirs }));
  const answer = await dialogs.ask({
    tenant,
    severity: 'warning',
    message: vscode.l10n.t('Some of what this save changed has changed again since.'),
    detail: [
      ...withMore(shown, conflicts.length - shown.length),
      '',
      vscode.l10n.t(
        'Put Back restores the values from before the save for these paths too. Nothing is sent until you save.',
      ),
    ].join('\n'),
    buttons: [putBack, leave],
  });
  if (answer === putBack) return 'theirs';
  return answer === leave ? 'mine' : undefined;
}
