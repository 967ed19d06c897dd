// Decodes all JSON of the API into typed values. Undefined means that it is not an answer of the API.
import { parseJson } from '../../json/parse';
import { isRecord, numberOf, parsePlain, stringOf } from '../../json/plain';
import { getMember, type JsonValue } from '../../json/value';
import {
  type Connection,
  RESULT_CAP,
  toUserId,
  type UserId,
  type UserPage,
  type UserProfile,
  type UserSummary,
} from './users';

/** One user of a list, from JSON.parse; undefined if it has no usable id. Fields of another type count as absent. */
export function decodeUserSummary(json: unknown): UserSummary | undefined {
  if (!isRecord(json)) return undefined;
  const id = toUserId(stringOf(json, 'user_id') ?? '');
  if (id === undefined) return undefined;
  const { identities, blocked } = json;
  const first: unknown = Array.isArray(identities) ? identities[0] : undefined;
  const identity = isRecord(first) ? first : {};
  return {
    id,
    email: stringOf(json, 'email'),
    name: stringOf(json, 'name'),
    nickname: stringOf(json, 'nickname'),
    username: stringOf(json, 'username'),
    phone: stringOf(json, 'phone_number'),
    connection: stringOf(identity, 'connection'),
    lastLogin: stringOf(json, 'last_login'),
    loginsCount: numberOf(json, 'logins_count'),
    blocked: typeof blocked === 'boolean' ? blocked : undefined,
    createdAt: stringOf(json, 'created_at'),
  };
}

/** The answer with totals, `{start, limit, length, total, users}`; undefined if it has another shape. */
export function decodeUserPage(json: unknown, page: number, perPage: number): UserPage | undefined {
  if (!isRecord(json) || !Array.isArray(json.users)) return undefined;
  const rows: readonly unknown[] = json.users;
  const total = numberOf(json, 'total');
  const start = numberOf(json, 'start') ?? page * perPage;
  const end = start + rows.length;
  const more = rows.length > 0 && (total === undefined ? rows.length >= perPage : end < total);
  return {
    users: rows.map(decodeUserSummary).filter(user => user !== undefined),
    start,
    length: rows.length,
    total,
    capped: total !== undefined && total > RESULT_CAP,
    nextPage: more && end < RESULT_CAP ? page + 1 : undefined,
  };
}

/** A complete user, as GET by id, PATCH and POST return it. Its numbers keep their text. */
export function decodeProfile(text: string): UserProfile | undefined {
  const { value } = parseJson(text);
  if (value?.type !== 'object') return undefined;
  const userId = getMember(value, 'user_id');
  const id = userId?.type === 'string' ? toUserId(userId.value) : undefined;
  return id !== undefined && METADATA.every(key => isObjectOrNone(getMember(value, key)))
    ? { id, text, value }
    : undefined;
}

/** The user that was asked for. Any other user is refused, because their metadata would be merged and sent. */
export function decodeProfileOf(id: UserId, text: string): UserProfile | undefined {
  const profile = decodeProfile(text);
  return profile?.id === id ? profile : undefined;
}

/**
 * The array of GET /users-by-email. Each profile has its own text, offsets and id. It is used by that id, whatever
 * address was asked for.
 */
export function decodeProfiles(text: string): readonly UserProfile[] | undefined {
  const { value } = parseJson(text);
  if (value?.type !== 'array') return undefined;
  const profiles: UserProfile[] = [];
  for (const { offset, end } of value.items) {
    const profile = decodeProfile(text.slice(offset, end));
    if (profile === undefined) return undefined;
    profiles.push(profile);
  }
  return profiles;
}

/** The array of GET /connections; undefined if it has another shape. */
/** An answer without a name is one, too. Undefined if it is no answer of this route. */
export function decodeFriendlyName(text: string): { readonly name: string | undefined } | undefined {
  const json = parsePlain(text);
  return isRecord(json) ? { name: stringOf(json, 'friendly_name') } : undefined;
}

export function decodeConnections(json: unknown): readonly Connection[] | undefined {
  if (!Array.isArray(json)) return undefined;
  const rows: readonly unknown[] = json;
  const connections = rows.map(row => {
    if (!isRecord(row)) return undefined;
    const [name, strategy] = [stringOf(row, 'name'), stringOf(row, 'strategy')];
    return name !== undefined && strategy !== undefined ? { name, strategy } : undefined;
  });
  return connections.filter(connection => connection !== undefined);
}

const METADATA = ['user_metadata', 'app_metadata'];

/** The service omits an empty `app_metadata`. */
function isObjectOrNone(value: JsonValue | undefined): boolean {
  return value === undefined || value.type === 'object' || value.type === 'null';
}
