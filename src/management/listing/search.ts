// Turns what a person types into a query of Auth0's user search (Lucene, search engine v3).

import { toUserId, type UserId } from '../resources/users';
import { type LuceneProblem, readLucene } from './luceneText';
import { isEmailText, isIdText, unwrapPasted } from './pastedSearch';

/** `q` is the query for the search, which is eventually consistent; an id is better fetched directly. */
export type UserQuery =
  | { readonly kind: 'id'; readonly id: UserId; readonly q: string }
  | { readonly kind: 'email'; readonly email: string; readonly q: string }
  | { readonly kind: 'lucene'; readonly q: string }
  | { readonly kind: 'words'; readonly q: string };

/** Why there is no query: it is not complete, or there is no text to look for. */
export type SearchProblem = LuceneProblem | 'nothing';

/** Undefined if there is no query, see searchProblem. `q` is valid Lucene, and gives itself when it is typed again. */
export function toUserQuery(input: string): UserQuery | undefined {
  const reading = read(input);
  return typeof reading === 'string' ? undefined : reading;
}

/** What is wrong with an input that is not empty; undefined if nothing is. */
export function searchProblem(input: string): SearchProblem | undefined {
  const reading = read(input);
  return typeof reading === 'string' && input.trim() !== '' ? reading : undefined;
}

/** How an input was understood, as a line that gives the same query when it is typed. */
export function understood(input: string): string {
  const query = toUserQuery(input);
  switch (query?.kind) {
    case 'id':
      return query.id;
    case 'email':
      return query.email;
    case 'lucene':
      return query.q;
    default:
      return unwrapPasted(input);
  }
}

function read(input: string): UserQuery | SearchProblem {
  const text = unwrapPasted(input);
  const id = isIdText(text) ? toUserId(text) : undefined;
  if (id !== undefined) return { kind: 'id', id, q: `user_id:${quotePhrase(id)}` };
  if (isEmailText(text)) return { kind: 'email', email: text, q: `email:${quotePhrase(text)}` };
  const lucene = readLucene(text);
  if (lucene) return 'problem' in lucene ? lucene.problem : { kind: 'lucene', q: lucene.q };
  const words = text
    .split(' ')
    .map(bareWord)
    .filter(word => word !== '');
  return words.length === 0 ? 'nothing' : { kind: 'words', q: words.map(wordQuery).join(' AND ') };
}

/** Name and e-mail are searched at any position, which requires three characters; other fields only from the start. */
const ANYWHERE = ['name', 'email'];
const FROM_START = ['nickname', 'username', 'given_name', 'family_name'];
const MIN_LEADING_WILDCARD = 3;

/** Without the quotes and stars around it, and the comma after it. */
function bareWord(word: string): string {
  return word.replaceAll(/^[*?"“”„‟«»]+$|^[*"“”„‟«»]+|[*"“”„‟«»,;]+$/g, '');
}

/** Finds a word in any of the fields: `(name:*jane* OR email:*jane* OR nickname:jane* …)`. */
function wordQuery(bare: string): string {
  const term = escapeTerm(bare);
  const inside = [...bare].length >= MIN_LEADING_WILDCARD ? `*${term}*` : `${term}*`;
  const phone = /^\+?\d{3,}$/.test(bare) ? [`phone_number:${term}*`] : [];
  const clauses = [...ANYWHERE.map(field => `${field}:${inside}`), ...FROM_START.map(field => `${field}:${term}*`)];
  return `(${[...clauses, ...phone].join(' OR ')})`;
}

/** A bare term that means exactly this text: every special character and every space gets a backslash. */
export function escapeTerm(text: string): string {
  return text.replaceAll(/[\s+\-&|!(){}[\]^"~*?:\\/<>=]/g, '\\$&');
}

/** `"…"`, in which only the quote and the backslash are special. */
export function quotePhrase(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}
