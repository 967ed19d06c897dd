// Show Save History, Undo This Save, Clear Save History.
import * as vscode from 'vscode';
import { activeUri } from '../../documents/activeDocument';
import { HISTORY_SCHEME } from '../../documents/uris';
import type { SaveRecord } from '../../history/saveRecord';
import type { UserId } from '../../management/resources/users';
import type { TenantDomain } from '../../management/tenant';
import { changesOf } from '../../metadata/made';
import type { Commands } from '../../shell/commandTable';
import { withMore } from '../../shell/lines';
import { onTenant, reported } from '../../shell/report';
import { showStatus } from '../../shell/status';
import { describeChanges } from '../../text/describe';
import { inSentence, visibleText } from '../../text/visibleText';
import { namedTenant, namedUser, pickTenant, titleWith } from '../pickTenant';
import { toTarget } from '../target';
import type { HistoryDocuments } from './historyDocuments';
import { type HistoryParts, savesOf, userAt } from './saves';
import { undo } from './undo';

const SHOWN = 200;

type HistoryCommand = 'showSaveHistory' | 'undoSave' | 'undoLastSave' | 'clearSaveHistory';

export function historyCommands(parts: HistoryParts): Commands<HistoryCommand> {
  const { store, diffs, tenants, tree, dialogs } = parts;
  return {
    showSaveHistory: async arg => {
      const active = activeUri();
      const uri = arg instanceof vscode.Uri ? arg : arg === undefined ? active : undefined;
      const shown = userAt(diffs, uri);
      if (shown) return showHistory(parts, shown.tenant, shown.id);
      const { userId } = toTarget(arg, tenants);
      const tenant = await pickTenant(tenants, arg, tree);
      if (tenant) await showHistory(parts, tenant, userId);
    },
    undoSave: async arg => undoIfAny(parts, recordIn(diffs, arg) ?? (await latest(parts, arg))),
    undoLastSave: async arg => undoIfAny(parts, await latest(parts, arg)),
    clearSaveHistory: async arg => {
      const tenant = namedTenant(tenants, arg);
      const clear = vscode.l10n.t('Clear');
      const answer = await dialogs.ask({
        ...(tenant ? { tenant } : {}),
        severity: 'warning',
        message: tenant
          ? vscode.l10n.t('Clear the save history of {0}?', tenant)
          : vscode.l10n.t('Clear the whole save history?'),
        detail: vscode.l10n.t('The saves stay on the server; they can no longer be undone from here.'),
        buttons: [clear],
      });
      if (answer !== clear) return;
      await store.clear(tenant);
      showStatus(vscode.l10n.t('$(check) The save history is cleared.'));
    },
  };
}

async function showHistory(parts: HistoryParts, tenant: TenantDomain, userId: UserId | undefined) {
  const { diffs, tenants } = parts;
  const records = await savesOf(parts, tenant, userId, SHOWN);
  if (!records.length) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No save has been recorded here yet.'));
    return;
  }
  const idButton = { iconPath: new vscode.ThemeIcon('copy'), tooltip: vscode.l10n.t('Copy the Correlation ID') };
  const undoButton = { iconPath: new vscode.ThemeIcon('discard'), tooltip: vscode.l10n.t('Undo This Save') };
  const picker = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly record: SaveRecord }>();
  const title = userId
    ? vscode.l10n.t('Saves of {0}', inSentence(records[0]?.label ?? '', 60))
    : vscode.l10n.t('Saves on {0}', tenant);
  picker.title = titleWith(tenants, tenant, title);
  picker.placeholder = vscode.l10n.t('Choose a save to see what it changed');
  picker.matchOnDetail = true;
  picker.items = records.map(record => ({
    label: new Date(record.savedAtMs).toLocaleString(vscode.env.language),
    description: userId ? '' : visibleText(record.label, 80),
    detail: summaryOf(record),
    buttons: record.correlationId === undefined ? [undoButton] : [idButton, undoButton],
    record,
  }));
  picker.onDidTriggerItemButton(({ item, button }) => {
    picker.hide();
    if (button === idButton) return reported(copyCorrelationId(item.record));
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

/** For a search in the tenant's log, whose entries name it. */
async function copyCorrelationId({ correlationId = '' }: SaveRecord): Promise<void> {
  await vscode.env.clipboard.writeText(correlationId);
  showStatus(
    vscode.l10n.t('$(check) Copied {0}: the tenant’s log names it as references.correlation_id.', correlationId),
  );
}

/** The first changes, on one line, which the picker may cut. */
function summaryOf(record: SaveRecord): string {
  const { lines, more } = describeChanges(changesOf(record), 3);
  return withMore(lines, more).join(';  ');
}

async function undoIfAny(parts: HistoryParts, record: SaveRecord | undefined): Promise<void> {
  if (record) await onTenant(record.tenant, () => undo(parts, record));
  else void vscode.window.showInformationMessage(vscode.l10n.t('There is no save in the history to undo here.'));
}

function recordIn(diffs: HistoryDocuments, arg: unknown): SaveRecord | undefined {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const shown = tab instanceof vscode.TabInputTextDiff ? tab.modified : undefined;
  // An argument that names a user counts, and not what is in front.
  const uri = arg instanceof vscode.Uri ? arg : arg === undefined ? shown : undefined;
  return uri?.scheme === HISTORY_SCHEME ? diffs.recordOf(uri) : undefined;
}

/** The newest save of the user whose document is in front or was named. */
async function latest(parts: HistoryParts, arg: unknown): Promise<SaveRecord | undefined> {
  const { tenants, tree, diffs } = parts;
  const uri = arg instanceof vscode.Uri ? arg : activeUri();
  const named = await namedUser(tenants, arg, tree);
  const identity = named === 'none' ? userAt(diffs, uri) : named;
  return identity && (await savesOf(parts, identity.tenant, identity.id, 1))[0];
}
