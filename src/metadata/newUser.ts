// A user that is about to be created: the template of its document, and the document as the body of a POST.

import { parseJson } from '../json/parse';
import type { JsonProblem } from '../json/problems';
import { getMember } from '../json/value';
import { writeJson } from '../json/write';
import { type DocumentProblem, mapSections, SECTIONS } from './document';

/** The document that is filled in for a connection. What it shows is what is sent. */
export function newUserTemplate(connection: string, strategy: string): string {
  const identity =
    strategy === 'sms' ? { phone_number: '' } : strategy === 'email' ? { email: '' } : { email: '', password: '' };
  // Shown, not implied: without it Auth0 sends the new user an e-mail.
  const verify = strategy === 'sms' ? {} : { verify_email: false };
  const user = { connection, ...identity, ...verify, ...mapSections(() => ({})) };
  return `${JSON.stringify(user, null, 2)}\n`;
}

export type NewUserProblem = Pick<DocumentProblem, 'offset' | 'end' | 'subject'> & {
  readonly code: JsonProblem['code'] | 'newUserNotAnObject' | 'connectionMissing' | 'sectionNotAnObject' | 'nullAtRoot';
};

/**
 * The body of `POST /api/v2/users`: the document on one line, its keys in their order, its numbers as they were typed.
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
  if (connection?.type !== 'string' || !connection.value) found.push({ code: 'connectionMissing', offset, end });
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
