// Users and connections as the rest of the extension sees them; decode.ts makes them from the API's answers.
import type { JsonObject } from '../../json/value';

export type UserId = string & { readonly __brand: 'UserId' };

/** One row of a list. Lists are eventually consistent: good for showing, never for editing. */
export interface UserSummary {
  readonly id: UserId;
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly nickname?: string | undefined;
  readonly username?: string | undefined;
  readonly phone?: string | undefined;
  /** Of the first identity, which is the one the user was created with. */
  readonly connection?: string | undefined;
  /** ISO 8601, as the service gives it. */
  readonly lastLogin?: string | undefined;
  readonly loginsCount?: number | undefined;
  readonly blocked?: boolean | undefined;
  /** ISO 8601, as the service gives it. */
  readonly createdAt?: string | undefined;
}

export interface UserProfile {
  readonly id: UserId;
  /** The user's JSON as it was received. */
  readonly text: string;
  /** `text` parsed, its numbers exact. */
  readonly value: JsonObject;
}

export interface UserPage {
  readonly users: readonly UserSummary[];
  /** Index of the first user of this page in the whole result. */
  readonly start: number;
  /** How many rows the service returned; `users` can be fewer if one of them has no usable id. */
  readonly length: number;
  readonly total: number | undefined;
  /** The result has more users than the service returns for one query: the query must be narrowed. */
  readonly capped: boolean;
  /** The page to ask for next; undefined at the end or at the cap. */
  readonly nextPage: number | undefined;
}

export interface Connection {
  readonly name: string;
  readonly strategy: string;
}

/** "You can only page through the first 1000 records", even without paging. */
export const RESULT_CAP = 1000;

/** Only the fields of UserSummary: a page of complete profiles is many times as large. */
export const LIST_FIELDS =
  'user_id,email,name,nickname,username,phone_number,identities,last_login,logins_count,blocked,created_at';

/** Undefined for text that cannot be a segment of a path: empty, `.`, `..`, or with a lone surrogate. */
export function toUserId(text: string): UserId | undefined {
  return isUserId(text) ? text : undefined;
}

/** `/api/v2/users/auth0%7C5f7c`: encoded exactly once, so that an id with `%3A` or `/` is unchanged on the server. */
export function userPath(id: UserId): string {
  return `/api/v2/users/${encodeURIComponent(id)}`;
}

function isUserId(text: string): text is UserId {
  // A URL parser resolves dot segments even when they are percent-encoded.
  return text !== '' && text !== '.' && text !== '..' && !/\p{Surrogate}/u.test(text);
}
