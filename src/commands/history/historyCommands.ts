// Show Save History, Undo This Save, Clear Save History.

import * as vscode from 'vscode';
import { activeUri } from '../../documents/activeDocument';
import { applyEdits } from '../../documents/applyEdits';
import type { Documents } from '../../documents/documents';
import { openUriOf } from '../../documents/open/tabs';
import { fromUri, HISTORY_SCHEME } from '../../documents/uris';
import type { HistoryStore } from '../../history/historyStore';
import type { Recorder } from '../../history/recorder';
import type { SaveRecord } from '../../history/saveRecord';
import { ManagementError } from '../../management/errors';
import type { ResourceId } from '../../management/resourceId';
import type { UserId } from '../../management/resources/users';
import type { TenantDomain } from '../../management/tenant';
import { metadataOf } from '../../metadata/document';
import { changesOf } from '../../metadata/made';
import type { Conflict, Side } from '../../metadata/merge';
import { type UndoOutcome, type UndoTarget, undoSave } from '../../saving/undoSave';
import type { Commands } from '../../shell/commandTable';
import type { Dialogs } from '../../shell/dialogs';
import { onTenant, reported } from '../../shell/report';
import type { RequestScope } from '../../shell/requestScope';
import type { TenantAccess } from '../../tenants/tenantAccess';
import { describeChange, describeChanges } from '../../text/describe';
import { inSentence, visibleText } from '../../text/visibleText';
import type { UsersTree } from '../../tree/usersTree';
import { connectedOnly, focusedTenant, namedUser, pickTenant } from '../pickTenant';
import { type TenantList, toTarget } from '../target';
import type { HistoryDocuments } from './historyDocuments';

const SHOWN = 200;
const LINES = 12;

export interface HistoryParts {
  readonly store: HistoryStore;
  readonly recorder: Recorder;
  readonly diffs: HistoryDocuments;
  readonly documents: Documents;
  readonly tenants: TenantList;
  readonly access: TenantAccess;
  readonly tree: UsersTree;
  readonly dialogs: Dialogs;
  readonly requests: RequestScope;
}

type HistoryCommand = 'showSaveHistory' | 'undoSave' | 'undoLastSave' | 'clearSaveHistory';

export function historyCommands(parts: HistoryParts): Commands<HistoryCommand> {
  const { store, diffs, tenants, tree, dialogs } = parts;
  return {
    showSaveHistory: async arg => {
      const active = activeUri();
      const uri = arg instanceof vscode.Uri ? arg : arg === undefined ? active : undefined;
      const shown = userAt(diffs, uri);
      if (shown) return showHistory(parts, shown.tenant, shown.id);
      const { tenant: named, userId } = toTarget(arg, tenants);
      const tenant = await pickTenant(tenants, named, focusedTenant(tree, arg));
      if (tenant) await showHistory(parts, tenant, userId);
    },
    undoSave: async arg => undoIfAny(parts, recordIn(diffs, arg) ?? (await latest(parts, arg))),
    undoLastSave: async arg => undoIfAny(parts, await latest(parts, arg)),
    clearSaveHistory: async arg => {
      const tenant = connectedOnly(tenants, toTarget(arg, tenants).tenant);
      const clear = vscode.l10n.t('Clear');
      const answer = await dialogs.ask({
        severity: 'warning',
        message: tenant
          ? vscode.l10n.t('Clear the save history of {0}?', tenant)
          : vscode.l10n.t('Clear the whole save history?'),
        detail: vscode.l10n.t('The saves stay on the server; they can no longer be undone from here.'),
        buttons: [clear],
      });
      if (answer !== clear) return;
      await store.clear(tenant);
      vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) The save history is cleared.'), 5_000);
    },
  };
}

async function showHistory(parts: HistoryParts, tenant: TenantDomain, userId: UserId | undefined) {
  const { store, recorder, diffs } = parts;
  await prove(parts, tenant, userId);
  await recorder.flushed();
  const records = await store.list(tenant, userId, SHOWN);
  if (!records.length) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No save has been recorded here yet.'));
    return;
  }
  const undoButton = { iconPath: new vscode.ThemeIcon('discard'), tooltip: vscode.l10n.t('Undo This Save') };
  const picker = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly record: SaveRecord }>();
  picker.title = userId
    ? vscode.l10n.t('Saves of {0}', inSentence(records[0]?.label ?? '', 60))
    : vscode.l10n.t('Saves on {0}', tenant);
  picker.placeholder = vscode.l10n.t('Choose a save to see what it changed');
  picker.matchOnDetail = true;
  picker.items = records.map(record => ({
    label: new Date(record.savedAtMs).toLocaleString(),
    description: userId ? '' : visibleText(record.label, 80),
    detail: summaryOf(record),
    buttons: [undoButton],
    record,
  }));
  picker.onDidTriggerItemButton(({ item }) => {
    picker.hide();
    reported(onTenant(item.record.tenant, () => undo(parts, item.record)));
  });
  picker.onDidAccept(() => {
    const [item] = picker.selectedItems;
    picker.hide();
    if (item) reported(diffs.show(item.record));
  });
  picker.onDidHide(() => picker.dispose());
  picker.show();
}

/** On one line, as long as that may be cut anyway. */
function summaryOf(record: SaveRecord): string {
  const { lines, more } = describeChanges(changesOf(record), 3);
  return [...lines, ...(more > 0 ? [vscode.l10n.t('and {0} more', more)] : [])].join(';  ');
}

async function undoIfAny(parts: HistoryParts, record: SaveRecord | undefined): Promise<void> {
  if (record) await onTenant(record.tenant, () => undo(parts, record));
  else void vscode.window.showInformationMessage(vscode.l10n.t('There is no save in the history to undo here.'));
}

/** Puts the inverse of `record` into the user's document, which is left unsaved for review. */
async function undo({ documents, dialogs }: HistoryParts, record: SaveRecord): Promise<void> {
  const { users, updates, opening } = documents;
  const wasOpen = openUriOf(record) !== undefined;
  await opening.open(record);
  const user = users.find(record);
  const document = user?.document;
  if (!user || !document) return;
  if (user.isReadonly) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('Nothing is undone: the token for {0} may not save.', record.tenant),
    );
    return;
  }
  const target: UndoTarget = {
    text: () => document.getText(),
    // As edits also in a clean document: it is going to be edited anyway, and a reload is nothing that could be waited for.
    bringUpToDate: async () => wasOpen && updates.bringUpToDate(user, document),
    edit: edits => applyEdits(document, edits),
  };
  tell(await undoSave(record, target, conflicts => decide(dialogs, conflicts)));
}

function tell(outcome: UndoOutcome): void {
  switch (outcome) {
    case 'undone':
      vscode.window.setStatusBarMessage(
        vscode.l10n.t('$(discard) The save is undone in the document. Review it, then save.'),
        8_000,
      );
      break;
    case 'nothing':
      void vscode.window.showInformationMessage(
        vscode.l10n.t('There is nothing to undo: the document is as it was before.'),
      );
      break;
    case 'problems':
      void vscode.window.showErrorMessage(vscode.l10n.t('The document has problems. Fix them first, then undo.'));
      break;
    case 'moved':
      void vscode.window.showWarningMessage(
        vscode.l10n.t('The document changed meanwhile. Nothing is undone: undo the save again.'),
      );
      break;
  }
}

/** What to do where something changed again after the save; undefined for Cancel. */
async function decide(dialogs: Dialogs, conflicts: readonly Conflict[]): Promise<Side | undefined> {
  const [putBack, leave] = [vscode.l10n.t('Put Back'), vscode.l10n.t('Leave Those')];
  const answer = await dialogs.ask({
    severity: 'warning',
    message: vscode.l10n.t('Some of what this save changed has changed again since.'),
    detail: [
      ...conflicts
        .slice(0, LINES)
        .map(({ path, mine, theirs }) => describeChange({ path, before: mine, after: theirs })),
      ...(conflicts.length > LINES ? [vscode.l10n.t('… and {0} more', conflicts.length - LINES)] : []),
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

function recordIn(diffs: HistoryDocuments, arg: unknown): SaveRecord | undefined {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const shown = tab instanceof vscode.TabInputTextDiff ? tab.modified : undefined;
  // An argument that names a user is about that one, whatever is in front.
  const uri = arg instanceof vscode.Uri ? arg : arg === undefined ? shown : undefined;
  return uri?.scheme === HISTORY_SCHEME ? diffs.recordOf(uri) : undefined;
}

/** The user that a document is about: one of its saves, or any other of our documents. */
function userAt(diffs: HistoryDocuments, uri: vscode.Uri | undefined): ResourceId | undefined {
  return uri && (diffs.recordOf(uri) ?? fromUri(uri));
}

/** Looks at the server where a save got no answer: what is there belongs into the history. One GET for each such user. */
async function prove({ access, recorder, requests }: HistoryParts, of: TenantDomain, userId?: UserId) {
  for (const user of recorder.unproven(of, userId)) {
    try {
      const profile = await requests.run(async signal => (await access.client(user.tenant)).getUser(user.id, signal));
      recorder.seen(user, metadataOf(profile.value));
    } catch (error) {
      // Still unknown: the history is shown as far as it goes.
      if (!ManagementError.is(error)) throw error;
    }
  }
}

/** The newest save of the user whose document is in front or was named. */
async function latest(parts: HistoryParts, arg: unknown): Promise<SaveRecord | undefined> {
  const { store, recorder, tenants, tree, diffs } = parts;
  const uri = arg instanceof vscode.Uri ? arg : activeUri();
  const named = await namedUser(tenants, arg, focusedTenant(tree, arg));
  const identity = named === 'none' ? userAt(diffs, uri) : named;
  if (!identity) return undefined;
  await prove(parts, identity.tenant, identity.id);
  await recorder.flushed();
  return (await store.list(identity.tenant, identity.id, 1))[0];
}
