// A user as the service stores it: an immutable JSON object. Every write replaces the whole object.
import { createHash } from 'node:crypto';
import { isArray, isObject, type Json, type JsonObject } from '../json';
import { type Connection, isSocial } from './connections';

export interface User extends JsonObject {
  readonly user_id: string;
}

export interface Identity extends JsonObject {
  readonly connection: string;
  readonly user_id: string;
  readonly provider: string;
  readonly isSocial: boolean;
}

/** The service puts these after the alphabetical attributes (seen in the recordings of 2022 and later). */
const TAIL = ['last_password_reset', 'last_login', 'last_ip', 'logins_count', 'app_metadata'];

/** The same user with its attributes in the service's order. */
export function inServiceOrder(user: User): User {
  const names = Object.keys(user);
  // Fast path: most writes add no attribute.
  if (names.every((name, at) => at === 0 || comesBefore(names[at - 1] ?? '', name))) return user;
  names.sort((a, b) => (comesBefore(a, b) ? -1 : 1));
  return { ...Object.fromEntries(names.map(name => [name, user[name]])), user_id: user.user_id };
}

function comesBefore(a: string, b: string): boolean {
  const [rankA, rankB] = [TAIL.indexOf(a), TAIL.indexOf(b)];
  return rankA === rankB ? a < b : rankA < rankB;
}

export function isUser(value: Json | undefined): value is User {
  return isObject(value) && typeof value.user_id === 'string' && value.user_id !== '';
}

/** The connections of a user's identities, the primary one first. */
export function connectionsOf(user: User): string[] {
  const identities = user.identities;
  if (!isArray(identities)) return [];
  return identities.flatMap(identity =>
    isObject(identity) && typeof identity.connection === 'string' ? [identity.connection] : [],
  );
}

/** A time for `updated_at`: now, but always later than the last one, because two writes may share a millisecond. */
export function nextTimestamp(previous: Json | undefined): string {
  const last = typeof previous === 'string' ? Date.parse(previous) : Number.NaN;
  const now = Date.now();
  return new Date(Number.isNaN(last) ? now : Math.max(now, last + 1)).toISOString();
}

export function identityOf(connection: Connection, localId: string): Identity {
  const { name, strategy } = connection;
  return { connection: name, user_id: localId, provider: strategy, isSocial: isSocial(strategy) };
}

/** The picture that the service sets for a user without one. */
export function gravatarUrl(address: string, name: string): string {
  const digest = createHash('md5').update(address.trim().toLowerCase()).digest('hex');
  const words = name.toLowerCase().match(/[a-z]+/g) ?? ['xx'];
  const [first = 'xx', second] = words;
  const initials = second !== undefined && name.includes(' ') ? `${first[0]}${second[0]}` : first.slice(0, 2);
  const fallback = encodeURIComponent(`https://cdn.auth0.com/avatars/${initials}.png`);
  return `https://s.gravatar.com/avatar/${digest}?s=480&r=pg&d=${fallback}`;
}
