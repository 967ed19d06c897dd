// Asks the questions of a save, in modals that name the user, the tenant and the paths.
import * as vscode from 'vscode';
import { isRecord, parsePlain } from '../../json/plain';
import type { TenantDomain } from '../../management/tenant';
import { sentPaths } from '../../metadata/encode';
import type { PatchPlan } from '../../metadata/plan';
import type { ConfirmReason } from '../../saving/confirmPolicy';
import type { ConfirmQuestion, SaveQuestions } from '../../saving/save';
import type { Renew } from '../../saving/signIn';
import type { Unlock } from '../../saving/unlock';
import type { Dialogs } from '../../shell/dialogs';
import { withMore } from '../../shell/lines';
import { type DescribedChange, describeApart, describeChange, describePath, describeValue } from '../../text/describe';
import { inSentence } from '../../text/visibleText';

const LINES = 12;
/** Em space: dialogs collapse ordinary spaces. */
const INDENT = '\u2003';

export interface SaveDialogParts {
  readonly dialogs: Dialogs;
  readonly signIn: Renew;
  readonly unlock: Unlock;
  readonly about: () => string;
  /** The user's label, as the tab shows it. */
  readonly user: string;
  readonly tenant: TenantDomain;
}

export function saveDialogs({ dialogs, signIn, unlock, about, user, tenant }: SaveDialogParts): SaveQuestions {
  const who = inSentence(user, 80);
  return {
    signIn,
    unlock,
    about,
    async confirm(question) {
      const [save, show] = [vscode.l10n.t('Save'), vscode.l10n.t('Show Changes')];
      const answer = await dialogs.ask({
        tenant,
        severity: 'warning',
        message: confirmMessage(question.reason, who, tenant),
        detail: confirmDetail(question),
        buttons: [save, show],
      });
      return answer === save ? 'save' : answer === show ? 'showChanges' : undefined;
    },
    async resolve(conflicts) {
      const [compare, overwrite, theirs] = [
        vscode.l10n.t('Compare'),
        vscode.l10n.t('Overwrite'),
        vscode.l10n.t('Take Theirs'),
      ];
      const shown = conflicts.slice(0, LINES).map(({ path, base, mine, theirs: server }) => {
        const [yours = '', was = '', held = ''] = describeApart([mine, base, server]);
        const lines = [vscode.l10n.t('yours: {0} (was {1})', yours, was), vscode.l10n.t('server: {0}', held)];
        return [describePath(path), ...lines.map(line => `${INDENT}${line}`)].join('\n');
      });
      const answer = await dialogs.ask({
        tenant,
        severity: 'warning',
        message: vscode.l10n.t('Somebody else changed {0} on {1} while you were editing.', who, tenant),
        detail: [
          vscode.l10n.t('Changed on both sides:'),
          ...withMore(shown, conflicts.length - shown.length),
          '',
          vscode.l10n.t(
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

/** Asks whether to save a text that was copied from the active document and that nobody typed into this one. */
export async function mayCopy(dialogs: Dialogs, user: string, tenant: TenantDomain): Promise<boolean> {
  const who = inSentence(user, 80);
  const save = vscode.l10n.t('Save');
  const answer = await dialogs.ask({
    tenant,
    severity: 'warning',
    message: vscode.l10n.t('Save the text that is in front to {0} on {1} as well?', who, tenant),
    detail: vscode.l10n.t(
      'The document of {0} is not in front, and shows the same text as the one that is. Save As leads to this, too.',
      who,
    ),
    buttons: [save],
  });
  return answer === save;
}

/** @param body of the POST: JSON text that holds the password, of which nothing is shown */
export async function mayCreate(dialogs: Dialogs, tenant: TenantDomain, body: string): Promise<boolean> {
  const create = vscode.l10n.t('Create');
  const { connection, email, username, phone_number: phone } = recordOf(body);
  const who = [email, username, phone].find(text => typeof text === 'string' && text !== '');
  const answer = await dialogs.ask({
    tenant,
    severity: 'warning',
    message: vscode.l10n.t('Create a user on {0}?', tenant),
    detail: [
      vscode.l10n.t('User: {0}', inSentence(String(who ?? '–'), 80)),
      vscode.l10n.t('Connection: {0}', inSentence(String(connection ?? '–'), 80)),
    ].join('\n'),
    buttons: [create],
  });
  return answer === create;
}

function recordOf(body: string): Readonly<Record<string, unknown>> {
  const value = parsePlain(body);
  return isRecord(value) ? value : {};
}

function confirmMessage(reason: ConfirmReason, who: string, tenant: string): string {
  switch (reason) {
    case 'removals':
      return vscode.l10n.t('Saving removes metadata of {0} on {1}.', who, tenant);
    case 'replacements':
      return vscode.l10n.t('Saving replaces nested metadata of {0} on {1}.', who, tenant);
    case 'always':
      return vscode.l10n.t('Save the metadata of {0} on {1}?', who, tenant);
    case 'noBase':
      return vscode.l10n.t('Save the restored text of {0} on {1}?', who, tenant);
  }
}

function confirmDetail({ plan, reason, changes }: ConfirmQuestion): string {
  const removed = [...plan.removals, ...plan.replacements.filter(({ after }) => !after)];
  const replaced = plan.replacements.filter(({ after }) => after);
  const groups =
    reason === 'removals' || reason === 'replacements'
      ? [
          group(vscode.l10n.t('Removed:'), removed),
          group(vscode.l10n.t('Replaced:'), replaced),
          [vscode.l10n.t('Root keys sent: {0}', rootKeys(plan))],
        ]
      : [
          group(
            vscode.l10n.t('Removed:'),
            changes.filter(({ after }) => !after),
          ),
          group(
            vscode.l10n.t('Changed:'),
            changes.filter(({ before, after }) => before && after),
          ),
          group(
            vscode.l10n.t('Added:'),
            changes.filter(({ before }) => !before),
          ),
        ];
  const note =
    reason === 'noBase'
      ? vscode.l10n.t(
          'This text was restored from an earlier window, so it is compared with what the server holds now.',
        )
      : vscode.l10n.t(
          'The settings auth0Metadata.confirmSave and auth0Metadata.environments.confirmSave say when to ask.',
        );
  return [...groups, [note]].flatMap(lines => (lines.length ? [lines.join('\n')] : [])).join('\n\n');
}

/** The heading says what happens to the paths, so a path with only one value needs no arrow. */
function group(heading: string, changes: readonly DescribedChange[]): string[] {
  if (!changes.length) return [];
  const lines = changes.slice(0, LINES).map(change => {
    const { path, before, after } = change;
    return before && after ? describeChange(change) : `${describePath(path)}: ${describeValue(before ?? after)}`;
  });
  return [heading, ...withMore(lines, changes.length - lines.length)];
}

function rootKeys({ body }: PatchPlan): string {
  const keys = sentPaths(body).map(describePath);
  return keys.slice(0, LINES).join(', ') + (keys.length > LINES ? ', …' : '');
}
