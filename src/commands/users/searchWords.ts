// What the search box says during typing: what is wrong with the query, or how it is understood.
import * as vscode from 'vscode';
import { type SearchProblem, searchProblem, toUserQuery, understood } from '../../management/listing/search';
import { inSentence } from '../../text/visibleText';

const EXAMPLE = 'email:"jane@example.com"';
const RANGE_EXAMPLE = 'logins_count:[100 TO *]';
const MAX_SHOWN = 200;

/** One sentence that says what to write instead; undefined if the input can be searched for. */
export function searchComplaint(input: string): string | undefined {
  const problem = searchProblem(input);
  return problem && COMPLAINTS[problem]();
}

/** Says what is searched for, if that is not what was typed. */
export function searchNote(input: string): string | undefined {
  const line = understood(input);
  if (line === input.trim() || toUserQuery(input) === undefined) return undefined;
  return vscode.l10n.t('Searches for {0}', inSentence(line, MAX_SHOWN));
}

const COMPLAINTS: Record<SearchProblem, () => string> = {
  quote: () => vscode.l10n.t('A quotation mark is not closed. Write a value like this: {0}', EXAMPLE),
  bracket: () =>
    vscode.l10n.t('A bracket has no partner. Close it, or put the value in quotation marks, like this: {0}', EXAMPLE),
  operator: () =>
    vscode.l10n.t(
      'AND, OR, NOT, + and - need something to search for beside them. In lower case the words are just words.',
    ),
  value: () =>
    vscode.l10n.t('Something to search for is missing. Write a field with its value like this: {0}', EXAMPLE),
  range: () => vscode.l10n.t('A range needs a field, two ends and TO between them, like this: {0}', RANGE_EXAMPLE),
  backslash: () => vscode.l10n.t('A backslash needs a character after it. For the backslash itself, write two.'),
  nothing: () => vscode.l10n.t('There is nothing to search for in this.'),
};
