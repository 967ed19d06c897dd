// Describes each problem of a document in one plain sentence.
import * as vscode from 'vscode';
import { MAX_DEPTH, MAX_VALUES } from '../json/parse';
import { type DocumentProblem, SECTIONS } from '../metadata/document';
import type { NewUserProblem } from '../metadata/newUser';
import { isolated, visibleText } from '../text/visibleText';

type Worded = Pick<DocumentProblem, 'subject'> & { readonly code: DocumentProblem['code'] | NewUserProblem['code'] };

export function problemWords({ code, subject }: Worded): string {
  const shown = visibleText(subject ?? '', 60);
  const name = isolated(JSON.stringify(shown));
  switch (code) {
    case 'valueExpected':
      return vscode.l10n.t('A JSON value is expected here: a string, number, object, array, true, false or null.');
    case 'keyExpected':
      return vscode.l10n.t('A key in double quotes is expected here.');
    case 'colonExpected':
      return vscode.l10n.t('A colon is expected between a key and its value.');
    case 'commaExpected':
      return vscode.l10n.t('A comma or the closing bracket is expected here.');
    case 'trailingComma':
      return vscode.l10n.t('There is a comma after the last element: remove it.');
    case 'commentNotAllowed':
      return vscode.l10n.t('Comments cannot be saved: Auth0 stores plain JSON.');
    case 'unterminatedString':
      return vscode.l10n.t('This string has no closing quote.');
    case 'badEscape':
      return vscode.l10n.t('Invalid escape. Write a backslash as \\\\.');
    case 'controlCharacter':
      return vscode.l10n.t('A control character in a string must be written as an escape, such as \\n or \\u0001.');
    case 'badNumber':
      return vscode.l10n.t('This is not a JSON number.');
    case 'textAfterValue':
      return vscode.l10n.t('There is text after the end of the document: remove it.');
    case 'tooDeep':
      return vscode.l10n.t('This is nested more than {0} levels deep.', MAX_DEPTH);
    case 'tooManyValues':
      return vscode.l10n.t('This holds more than {0} values.', MAX_VALUES);
    case 'duplicateKey':
      return vscode.l10n.t('Duplicate key {0}: only one of its values could be saved.', name);
    case 'loneSurrogate':
      return vscode.l10n.t('This string holds half of a surrogate pair, which cannot be sent without changing it.');
    case 'numberOutOfRange':
      return vscode.l10n.t('The number {0} is too large: Auth0 would read it as null and delete the key.', shown);
    case 'notAnObject':
      return vscode.l10n.t('The document must be an object with the keys {0}.', sections());
    case 'newUserNotAnObject':
      return vscode.l10n.t('The document of a new user must be an object.');
    case 'connectionMissing':
      return vscode.l10n.t('A new user needs a connection: the name of one of the tenant’s connections.');
    case 'unknownKey':
      return vscode.l10n.t('The key {0} is not saved from here: only {1} are.', name, sections());
    case 'missingSection':
      return vscode.l10n.t('{0} is missing. To remove all its keys, write it as {}.', shown);
    case 'sectionNotAnObject':
      return vscode.l10n.t('{0} must be an object. To remove all its keys, write it as {}.', shown);
    case 'nullAtRoot':
      return vscode.l10n.t(
        'Auth0 cannot store null here: it would delete the key {0}. To delete it, remove the line.',
        name,
      );
  }
}

/** `user_metadata and app_metadata`, in the language of VS Code. */
function sections(): string {
  return new Intl.ListFormat(vscode.env.language, { type: 'conjunction' }).format(SECTIONS);
}
