// Reports the result of a save, and opens a comparison if the user asked for one. Quiet if all went as typed.
import * as vscode from 'vscode';
import { type Change, diffValues } from '../../metadata/diff';
import { asObject } from '../../metadata/document';
import { sentPaths } from '../../metadata/encode';
import { isInConflict } from '../../metadata/merge';
import type { SessionOutcome } from '../../saving/session';
import { withMore } from '../../shell/lines';
import { hideStatus, showStatus } from '../../shell/status';
import { describeChanges, describePath } from '../../text/describe';
import { inSentence } from '../../text/visibleText';
import type { OpenUsers } from '../open/openUsers';
import type { Updates } from '../open/updates';
import type { Comparisons } from '../remote/comparisons';
import { isEdited } from '../uris';
import type { SaveEvent, SaveFailure } from './saveEvents';

const LINES = 5;

export interface ReportParts {
  readonly users: OpenUsers;
  readonly updates: Updates;
  readonly files: { readonly onDidSave: vscode.Event<SaveEvent>; readonly onDidFail: vscode.Event<SaveFailure> };
  readonly comparisons: Comparisons;
}

export function reportSaves({ users, updates, files, comparisons }: ReportParts): vscode.Disposable {
  const onSave = files.onDidSave(event => {
    // What was said of an earlier save does not stand beside this one.
    hideStatus();
    // VS Code must see the save fail first: only then may its document be edited or compared.
    if (event.outcome.kind === 'compare' || event.outcome.kind === 'showChanges') {
      const { saves } = event.user.session;
      setTimeout(() => void openComparison(event, saves, updates, comparisons), 0);
      return;
    }
    if ('now' in event.outcome) comparisons.settle(event.user, event.outcome.now);
    report(event);
  });
  return vscode.Disposable.from(
    onSave,
    files.onDidFail(hideStatus),
    // Nor beside one that waits, for a token or for a limit.
    vscode.workspace.onWillSaveTextDocument(({ document }) => {
      if (isEdited(document.uri)) hideStatus();
    }),
    users.onDidTakeIn(({ user, remote }) => comparisons.settle(user, remote)),
    updates.onDidMerge(({ user, remote }) => comparisons.merged(user, remote)),
  );
}

type Ended = Extract<SessionOutcome, { kind: 'saved' | 'upToDate' }>;

function report({ user, outcome }: SaveEvent): void {
  const who = inSentence(user.label, 60);
  switch (outcome.kind) {
    case 'unchanged':
      showStatus(`$(check) ${vscode.l10n.t('Nothing changed, nothing was sent.')}`);
      break;
    case 'upToDate':
      showStatus(`$(check) ${vscode.l10n.t('{0} already holds this, nothing was sent.', user.identity.tenant)}`);
      reportDifferences(who, outcome, []);
      break;
    case 'saved':
      showStatus(`$(check) ${savedWords(who, outcome)}`);
      reportDifferences(who, outcome, outcome.surprises);
      break;
  }
}

function savedWords(who: string, { plan, readBack }: Extract<SessionOutcome, { kind: 'saved' }>): string {
  const keys = sentPaths(plan.body).map(describePath);
  const what = keys.length === 1 ? keys[0] : vscode.l10n.t('{0} keys', keys.length);
  return readBack
    ? vscode.l10n.t('Saved {0} of {1}: the answer was lost, reading back shows the change.', what ?? '', who)
    : vscode.l10n.t('Saved {0} of {1}.', what ?? '', who);
}

/** Distinguishes what the service did to the user's change from what other people changed meanwhile. */
function reportDifferences(who: string, { edited, now, plan }: Ended, surprises: readonly Change[]): void {
  if (surprises.length) {
    const { lines, more } = describeChanges(surprises, LINES);
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        'Saved {0}, but the server holds something else than was sent. The editor shows it: {1}',
        who,
        withMore(lines, more).join('; '),
      ),
    );
    return;
  }
  const others = diffValues(asObject(edited), asObject(now)).filter(
    // The user has already answered Take Theirs for these.
    ({ path }) => !isInConflict(path, plan.conflicts),
  );
  if (!others.length) return;
  const { lines, more } = describeChanges(others, LINES);
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Somebody else changed {0} meanwhile. Their changes are kept, the editor shows them: {1}',
      who,
      withMore(lines, more).join('; '),
    ),
  );
}

async function openComparison(
  { user, outcome }: SaveEvent,
  saves: number,
  updates: Updates,
  comparisons: Comparisons,
): Promise<void> {
  if (outcome.kind !== 'compare' && outcome.kind !== 'showChanges') return;
  const { document } = user;
  const { base } = user.session;
  const isShown =
    outcome.kind === 'showChanges' ||
    (document && (await updates.rebase(user, document, outcome.remote, 'decided', saves)) === true);
  if (!isShown) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t('The document could not be brought up to date. Save again to compare.'),
    );
    return;
  }
  await comparisons.show(user, outcome.remote, base);
}
