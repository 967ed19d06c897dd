// The questions of a save, as modals that name the user, the tenant and the paths.
import * as vscode from 'vscode';
import type { ConfirmReason } from '../metadata/confirmPolicy';
import { describeChanges, describePath, describeValue } from '../metadata/describe';
import { visibleText } from '../metadata/visibleText';
import type { Dialogs } from '../shell/dialogs';
import type { ConfirmQuestion, SaveQuestions } from './saveUser';

const { t } = vscode.l10n;
const LINES = 12;

/** @param user label of the user, as the tab shows it */
export function saveDialogs(dialogs: Dialogs, user: string, tenant: string): SaveQuestions {
  const who = visibleText(user, 80);
  return {
    async confirm(question) {
      const [save, show] = [t('Save'), t('Show Changes')];
      const answer = await dialogs.ask({
        severity: 'warning',
        message: confirmMessage(question.reason, who, tenant),
        detail: confirmDetail(question),
        buttons: [save, show],
      });
      return answer === save ? 'save' : answer === show ? 'showChanges' : undefined;
    },
    async resolve(conflicts) {
      const [compare, overwrite, theirs] = [t('Compare'), t('Overwrite'), t('Take Theirs')];
      const shown = conflicts
        .slice(0, LINES)
        .map(({ path, base, mine, theirs: server }) =>
          [
            describePath(path),
            t('   yours: {0}   (was {1})', describeValue(mine), describeValue(base)),
            t('   server: {0}', describeValue(server)),
          ].join('\n'),
        );
      const answer = await dialogs.ask({
        severity: 'warning',
        message: t('Somebody else changed {0} on {1} while you were editing.', who, tenant),
        detail: [
          t('Changed on both sides:'),
          ...shown,
          ...more(conflicts.length - shown.length),
          '',
          t(
            'Overwrite saves your values for these paths, Take Theirs keeps the server’s. Your other changes are saved.',
          ),
        ].join('\n'),
        buttons: [compare, overwrite, theirs],
      });
      if (answer === compare) return 'compare';
      if (answer === overwrite) return 'overwrite';
      return answer === theirs ? 'takeTheirs' : undefined;
    },
  };
}

function confirmMessage(reason: ConfirmReason, who: string, tenant: string): string {
  switch (reason) {
    case 'removals':
      return t('Saving removes metadata of {0} on {1}.', who, tenant);
    case 'replacements':
      return t('Saving replaces nested metadata of {0} on {1}.', who, tenant);
    case 'always':
      return t('Save the metadata of {0} on {1}?', who, tenant);
    case 'noBase':
      return t('Save the restored text of {0} on {1}?', who, tenant);
  }
}

function confirmDetail({ plan, reason }: ConfirmQuestion): string {
  const removed = [...plan.removals, ...plan.replacements.filter(({ after }) => !after)];
  const changed = plan.replacements.filter(({ after }) => after);
  const removedLines = removed
    .slice(0, LINES)
    .map(({ path, before }) => `${describePath(path)}: ${describeValue(before)}`);
  const changedLines = describeChanges(changed, LINES);
  const keys = plan.body.members.flatMap(({ key, value }) =>
    value.type === 'object' ? value.members.map(member => describePath([key, member.key])) : [],
  );
  const groups = [
    removed.length ? [t('Removed:'), ...removedLines, ...more(removed.length - removedLines.length)] : [],
    changed.length ? [t('Replaced:'), ...changedLines.lines, ...more(changedLines.more)] : [],
    [t('Root keys sent: {0}', keys.slice(0, LINES).join(', ')) + (keys.length > LINES ? ', …' : '')],
    reason === 'noBase'
      ? [t('This text was restored from an earlier window, so it is compared with what the server holds now.')]
      : [t('When to ask is the setting auth0Metadata.confirmSave.')],
  ];
  return groups
    .filter(group => group.length)
    .map(group => group.join('\n'))
    .join('\n\n');
}

function more(count: number): string[] {
  return count > 0 ? [t('… and {0} more', count)] : [];
}
