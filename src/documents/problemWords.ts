// Each problem of a document as one plain sentence.
import * as vscode from 'vscode';
import { MAX_DEPTH, MAX_VALUES } from '../json/parse';
import type { DocumentProblem } from '../metadata/document';
import type { NewUserProblem } from '../metadata/newUser';
import { isolated, visibleText } from '../text/visibleText';

const { t } = vscode.l10n;

type Worded = Pick<DocumentProblem, 'subject'> & { readonly code: DocumentProblem['code'] | NewUserProblem['code'] };

export function problemWords({ code, subject }: Worded): string {
  const shown = visibleText(subject ?? '', 60);
  const name = isolated(JSON.stringify(shown));
  switch (code) {
    case 'valueExpected':
      return t('A JSON value is expected here: a string, number, object, array, true, false or null.');
    case 'keyExpected':
      return t('A key in double quotes is expected here.');
    case 'colonExpected':
      return t('A colon is expected between a key and its value.');
    case 'commaExpected':
      return t('A comma or the closing bracket is expected here.');
    case 'trailingComma':
      return t('JSON has no comma after the last element: remove it.');
    case 'commentNotAllowed':
      return t('Comments cannot be saved: Auth0 stores plain JSON.');
    case 'unterminatedString':
      return t('This string has no closing quote.');
    case 'badEscape':
      return t('JSON has no such escape. Write a backslash as \\\\.');
    case 'controlCharacter':
      return t('A control character in a string must be written as an escape, such as \\n or \\u0001.');
    case 'badNumber':
      return t('This is not a JSON number.');
    case 'textAfterValue':
      return t('There is text behind the end of the document: remove it.');
    case 'tooDeep':
      return t('This is nested more than {0} levels deep.', MAX_DEPTH);
    case 'tooManyValues':
      return t('This holds more than {0} values.', MAX_VALUES);
    case 'duplicateKey':
      return t('The key {0} is there twice, and only one of its values could be saved.', name);
    case 'loneSurrogate':
      return t('This string holds half of a surrogate pair, which cannot be sent without changing it.');
    case 'numberOutOfRange':
      return t('The number {0} is too large: Auth0 would read it as nothing and delete the key.', shown);
    case 'notAnObject':
      return t('The document must be an object with the keys user_metadata and app_metadata.');
    case 'newUserNotAnObject':
      return t('The document of a new user must be an object.');
    case 'connectionMissing':
      return t('A new user needs a connection: the name of one of the tenant’s connections.');
    case 'unknownKey':
      return t('The key {0} is not saved from here: only user_metadata and app_metadata are.', name);
    case 'missingSection':
      return t('{0} is missing. To remove all its keys, write it as {}.', shown);
    case 'sectionNotAnObject':
      return t('{0} must be an object. To remove all its keys, write it as {}.', shown);
    case 'nullAtRoot':
      return t('Auth0 cannot store null here: it would delete the key {0}. To delete it, remove the line.', name);
  }
}
