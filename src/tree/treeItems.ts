// Turns nodes into tree items. Texts from profiles are always plain text: no markdown, no links.
import * as vscode from 'vscode';
import { abilitiesOf } from '../management/auth/scopes';
import { ManagementError } from '../management/errors';
import { commandId } from '../shell/commandTable';
import { describeError, neededScopes } from '../shell/errors';
import { relativeTime } from '../text/relativeTime';
import { keyLabel, previewValue } from '../text/valuePreview';
import { inSentence, isolated } from '../text/visibleText';
import { isExpandable, nodeId, type RowNode, type UserNode, type ValueNode } from './model/nodes';
import { type UserFact, userDescription, userFacts, userLabel } from './model/userFacts';

const { Collapsed, None } = vscode.TreeItemCollapsibleState;
const MAX_KEY = 100;
const MAX_TOOLTIP = 600;

/** Without arguments: VS Code forgets a row's arguments when it is refreshed, even between the click and the command. */
const OPEN: vscode.Command = { command: commandId('openSelected'), title: '' };

/** @param scopes of the tenant's token, if they are known */
export function userItem(node: UserNode, scopes?: ReadonlySet<string>): vscode.TreeItem {
  const { summary } = node;
  const item = new vscode.TreeItem(isolated(userLabel(summary)), Collapsed);
  item.id = nodeId(node);
  item.description = userDescription(summary);
  item.tooltip = userFacts(summary).map(factLine).join('\n');
  item.iconPath = new vscode.ThemeIcon(summary.blocked ? 'circle-slash' : 'account');
  const { canUpdate } = abilitiesOf(scopes);
  item.contextValue = contextWords('user', summary.email !== undefined && 'email', canUpdate && 'canUpdate');
  item.command = OPEN;
  const label = isolated(userLabel(summary));
  announce(item, summary.blocked ? vscode.l10n.t('{0}, {1}, blocked', label, item.description) : undefined);
  return item;
}

/** What a screen reader says: without it, VS Code has it read the tooltip, which may lack the row's own name. */
export function announce(
  item: vscode.TreeItem,
  label = [item.label, item.description].filter(Boolean).join(', '),
): void {
  item.accessibilityInformation = { label };
}

/** Words for `when` clauses: `viewItem =~ /\bcanUpdate\b/`. */
export function contextWords(...words: readonly (string | false | undefined)[]): string {
  return words.filter(word => typeof word === 'string').join(' ');
}

function factLine(fact: UserFact): string {
  switch (fact.kind) {
    case 'name':
      return fact.text;
    case 'email':
      return vscode.l10n.t('E-mail: {0}', fact.text);
    case 'username':
      return vscode.l10n.t('Username: {0}', fact.text);
    case 'phone':
      return vscode.l10n.t('Phone: {0}', fact.text);
    case 'connection':
      return vscode.l10n.t('Connection: {0}', fact.text);
    case 'id':
      return vscode.l10n.t('ID: {0}', fact.text);
    case 'lastLogin':
      return vscode.l10n.t('Last login: {0}', timeOf(fact.atMs));
    case 'created':
      return vscode.l10n.t('Created: {0}', timeOf(fact.atMs));
    case 'logins':
      return vscode.l10n.t('Logins: {0}', fact.count);
    case 'neverLoggedIn':
      return vscode.l10n.t('Never logged in');
    case 'blocked':
      return vscode.l10n.t('Blocked');
  }
}

/** `3 days ago (1/2/2026, 10:04:05 AM)` */
export function timeOf(atMs: number): string {
  const { language } = vscode.env;
  return `${relativeTime(atMs, Date.now(), language)} (${new Date(atMs).toLocaleString(language)})`;
}

export function valueItem(node: ValueNode): vscode.TreeItem {
  const { reveal, value } = node;
  const step = reveal.at(-1) ?? '';
  const item = new vscode.TreeItem(
    typeof step === 'number' ? String(step) : isolated(keyLabel(step, MAX_KEY)),
    isExpandable(value) ? Collapsed : None,
  );
  item.id = nodeId(node);
  item.description = previewValue(value);
  item.tooltip = previewValue(value, MAX_TOOLTIP);
  item.iconPath = new vscode.ThemeIcon(`symbol-${value.type}`);
  item.contextValue = 'value';
  item.command = OPEN;
  announce(item);
  return item;
}

/** @param search the tenant's search, for the rows that mention it */
export function rowItem(node: RowNode, search: string | undefined): vscode.TreeItem {
  const { label, description, icon, command, tooltip } = rowFacts(node, search);
  const item = new vscode.TreeItem(label, None);
  item.id = nodeId(node);
  item.description = description ?? '';
  item.tooltip = tooltip ?? label;
  item.iconPath = new vscode.ThemeIcon(icon);
  item.contextValue = contextWords(node.kind, 'error' in node && lacksScope(node.error) && 'scope');
  if (command !== undefined) item.command = { command, title: '', arguments: [node] };
  return item;
}

function lacksScope(error: unknown): boolean {
  return ManagementError.is(error, 'forbidden') && neededScopes(error) !== undefined;
}

interface RowFacts {
  readonly label: string;
  readonly description?: string;
  readonly icon: string;
  readonly command?: string;
  readonly tooltip?: string;
}

function rowFacts(node: RowNode, search: string | undefined): RowFacts {
  switch (node.kind) {
    case 'more': {
      const { shown, total } = node;
      const number = (count: number) => count.toLocaleString(vscode.env.language);
      const description = total === undefined ? '' : vscode.l10n.t('{0} of {1}', number(shown), number(total));
      return { label: vscode.l10n.t('Load more…'), description, icon: 'ellipsis', command: commandId('loadMore') };
    }
    case 'capped': {
      const description = vscode.l10n.t('Auth0 shows no more than 1,000');
      const tooltip = vscode.l10n.t('Auth0 shows no more than 1,000 users of one query. Click to search for others.');
      const command = commandId('searchUsers');
      return { label: vscode.l10n.t('Search for others…'), description, icon: 'search', command, tooltip };
    }
    case 'signedOut': {
      const { title, message } = describeError(node.error, node.tenant);
      // Without a status, no service has refused anything: nobody has signed in yet.
      const isNew = ManagementError.is(node.error) && node.error.status === undefined;
      const label = isNew ? vscode.l10n.t('Sign in…') : vscode.l10n.t('Sign in again…');
      return { label, description: title, icon: 'key', command: commandId('updateCredentials'), tooltip: message };
    }
    case 'error': {
      const { title, detail, message, actions } = describeError(node.error, node.tenant);
      const isCancelled = ManagementError.is(node.error, 'cancelled');
      const facts = isCancelled
        ? { label: title, description: vscode.l10n.t('Try again…'), icon: 'refresh' }
        : { label: title, description: detail, icon: 'warning' };
      if (search !== undefined && ManagementError.is(node.error, 'invalid')) {
        const tooltip = vscode.l10n.t('{0}\nClick to change the query.', message);
        return { ...facts, label: vscode.l10n.t('Query refused'), command: commandId('searchUsers'), tooltip };
      }
      // No retry after a refused token: the same token would be refused again.
      const [action] = actions;
      return action?.command === commandId('updateCredentials')
        ? { ...facts, command: action.command, tooltip: vscode.l10n.t('{0}\nClick to sign in again.', message) }
        : { ...facts, command: commandId('retry'), tooltip: vscode.l10n.t('{0}\nClick to try again.', message) };
    }
    case 'noUsers':
      return { label: vscode.l10n.t('No users yet'), icon: 'info' };
    case 'noHits': {
      const tooltip = vscode.l10n.t(
        'No user matches {0}. Click to clear the search.',
        inSentence(search ?? '', MAX_KEY),
      );
      const description = vscode.l10n.t('Clear the search…');
      return {
        label: vscode.l10n.t('No user found'),
        description,
        icon: 'info',
        command: commandId('clearSearch'),
        tooltip,
      };
    }
  }
}
