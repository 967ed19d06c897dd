// Reads a text that identifies one user, by id or by e-mail address.

import { toUserId, type UserId } from '../resources/users';
import { unwrapPasted } from './pastedSearch';
import { quotePhrase, toUserQuery } from './search';

export type UserKey =
  | { readonly kind: 'id'; readonly id: UserId }
  /** Several users may have it. `q` finds them through the search. */
  | { readonly kind: 'email'; readonly email: string; readonly q: string };

/** `email:"jane@example.com"` and `user_id:auth0|1`, which people copy from a search. */
const FIELD = /^(?:email|user_id):(?:"(?<phrase>(?:\\.|[^"\\])*)"|(?<word>[^\s"()*?]+))$/;

/** Accepts what the search box accepts, and ids of any form. Undefined if the text is neither an id nor an address. */
export function toUserKey(input: string): UserKey | undefined {
  const query = toUserQuery(input);
  if (query?.kind === 'id' || query?.kind === 'email') return query;
  const { phrase, word } = FIELD.exec(query?.q ?? '')?.groups ?? {};
  const text = (phrase ?? word)?.replaceAll(/\\(.)/g, '$1') ?? unwrapPasted(input);
  const asked = toUserQuery(text);
  if (asked?.kind === 'id' || asked?.kind === 'email') return asked;
  if (text.includes('@')) return { kind: 'email', email: text, q: `email:${quotePhrase(text)}` };
  const id = toUserId(text);
  return id === undefined ? undefined : { kind: 'id', id };
}
