// From what a person types to a query of Auth0's user search (Lucene, search engine v3).
import { toUserId, type UserId } from './users';

/** `q` finds it through the search (eventually consistent); an id is better fetched by itself. */
export type UserQuery =
  | { readonly kind: 'id'; readonly id: UserId; readonly q: string }
  | { readonly kind: 'email'; readonly email: string; readonly q: string }
  | { readonly kind: 'lucene'; readonly q: string }
  | { readonly kind: 'words'; readonly q: string };

/** Undefined where there is nothing to search for. */
export function toUserQuery(input: string): UserQuery | undefined {
  const text = input.trim();
  if (text === '') return undefined;
  const id = ID.test(text) ? toUserId(text) : undefined;
  if (id !== undefined) return { kind: 'id', id, q: `user_id:${quotePhrase(id)}` };
  if (EMAIL.test(text)) return { kind: 'email', email: text, q: `email:${quotePhrase(text)}` };
  if (LUCENE.test(text)) return { kind: 'lucene', q: text };
  const words = text.split(/\s+/).filter(word => !/^[*?"]+$/.test(word));
  return words.length === 0 ? undefined : { kind: 'words', q: words.map(wordQuery).join(' AND ') };
}

/** A strategy, a bar, the rest: `auth0|5f7c`, `samlp|conn|user@domain`. `a || b` is none. */
const ID = /^[\w.-]+\|[^|]/;

const EMAIL = /^[^\s@":()]+@[^\s@":()]+\.[^\s@":()]+$/;

/** A field with a value (not `https://`), an operator in upper case, or a group. */
const LUCENE = /(?:^|[\s(!+-])[A-Za-z_][\w.]*:(?!\/\/)\S|(?:^|\s)(?:AND|OR|NOT|&&|\|\|)(?:\s|$)|^\(.*\)$/;

/** The name and the e-mail are searched inside, which wants three characters; the rest only from its beginning. */
const ANYWHERE = ['name', 'email'];
const FROM_START = ['nickname', 'username', 'given_name', 'family_name'];
const MIN_LEADING_WILDCARD = 3;

/** Every word must be found somewhere: `(name:*jane* OR email:*jane* OR nickname:jane* …)`. */
function wordQuery(word: string): string {
  const bare = word.replaceAll(/^[*"]+|[*"]+$/g, '');
  const term = escapeTerm(bare);
  const inside = [...bare].length >= MIN_LEADING_WILDCARD ? `*${term}*` : `${term}*`;
  const phone = /^\+?\d{3,}$/.test(bare) ? [`phone_number:${term}*`] : [];
  const clauses = [...ANYWHERE.map(field => `${field}:${inside}`), ...FROM_START.map(field => `${field}:${term}*`)];
  return `(${[...clauses, ...phone].join(' OR ')})`;
}

/** A bare term that means exactly this text: every special character and every space takes a backslash. */
export function escapeTerm(text: string): string {
  return text.replaceAll(/[\s+\-&|!(){}[\]^"~*?:\\/<>=]/g, '\\$&');
}

/** `"…"`, in which only the quote and the backslash are special. */
export function quotePhrase(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}
