// Creates a user: the template of the document to fill in, and the body of the POST made from it.

import { parseJson } from '../json/parse';
import type { JsonProblem } from '../json/problems';
import { getMember } from '../json/value';
import { writeJson } from '../json/write';
import { type DocumentProblem, mapSections, SECTIONS } from './document';

/** The document to fill in for a connection. Everything that is sent is visible in it. */
export function newUserTemplate(connection: string, strategy: string): string {
  const identity =
    strategy === 'sms' ? { phone_number: '' } : strategy === 'email' ? { email: '' } : { email: '', password: '' };
  // Part of the template, because Auth0 sends the new user an e-mail without it.
  const verify = strategy === 'sms' ? {} : { verify_email: false };
  const user = { connection, ...identity, ...verify, ...mapSections(() => ({})) };
  return `${JSON.stringify(user, null, 2)}\n`;
}

export type NewUserProblem = Pick<DocumentProblem, 'offset' | 'end' | 'subject'> & {
  readonly code: JsonProblem['code'] | 'newUserNotAnObject' | 'connectionMissing' | 'sectionNotAnObject' | 'nullAtRoot';
};

/**
 * The body of `POST /api/v2/users`: the document on one line, with its order of keys and its numbers as typed.
 */
export function toCreateBody(
  text: string,
): { readonly body: string } | { readonly problems: readonly NewUserProblem[] } {
  const { value, problems } = parseJson(text);
  if (problems.length || !value) return { problems };
  const { offset, end } = value;
  if (value.type !== 'object') return { problems: [{ code: 'newUserNotAnObject', offset, end }] };
  const found: NewUserProblem[] = [];
  const connection = getMember(value, 'connection');
  if (connection?.type !== 'string' || !connection.value) {
    // The value that will not do; else the brace, and not all of the text.
    const at = connection ?? { offset, end: offset + 1 };
    found.push({ code: 'connectionMissing', offset: at.offset, end: at.end });
  }
  for (const section of SECTIONS) {
    const metadata = getMember(value, section);
    if (metadata && metadata.type !== 'object') {
      found.push({ code: 'sectionNotAnObject', offset: metadata.offset, end: metadata.end, subject: section });
    }
    for (const { key, value: child } of metadata?.type === 'object' ? metadata.members : []) {
      if (child.type === 'null') found.push({ code: 'nullAtRoot', offset: child.offset, end: child.end, subject: key });
    }
  }
  return found.length ? { problems: found } : { body: writeJson(value) };
}
