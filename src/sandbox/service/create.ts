// POST /users: makes a user from a checked payload, or refuses it.
import { randomBytes } from 'node:crypto';
import { apiError, refuse, userExists, weakPassword } from '../answers';
import { isObject, type Json, type JsonObject, ownValue } from '../json';
import { type Connection, isDatabase, isOwnStore } from '../state/connections';
import type { UserStore } from '../state/store';
import { connectionsOf, gravatarUrl, identityOf, inServiceOrder, type User } from '../state/user';
import { isStored, METADATA, mergeMetadata } from './metadata';
import { missing } from './payload';

/** Instructions of a request, and attributes that are computed. */
const NOT_COPIED = new Set(['connection', 'password', 'verify_email', 'user_id', 'email', ...METADATA]);

/** @throws Refusal 400, 409 */
export function createdUser(payload: JsonObject, store: UserStore, connections: readonly Connection[]): User {
  const connection = connections.find(known => known.name === payload.connection);
  if (connection === undefined) {
    return refuse(apiError(400, 'The connection does not exist.', 'inexistent_connection'));
  }
  checkForConnection(payload, connection);
  const email = typeof payload.email === 'string' ? payload.email.toLowerCase() : undefined;
  const localId = typeof payload.user_id === 'string' && payload.user_id ? payload.user_id : newLocalId();
  const userId = `${connection.strategy}|${localId}`;
  checkUnique(userId, email, payload.username, connection, store);

  const now = new Date().toISOString();
  const label = email ?? textOf(payload.phone_number) ?? localId;
  const name = textOf(payload.name) ?? label;
  const copied = Object.entries(payload).filter(([attribute]) => !NOT_COPIED.has(attribute));
  return inServiceOrder({
    created_at: now,
    ...(email === undefined ? {} : { email, email_verified: false }),
    identities: [identityOf(connection, localId)],
    name,
    nickname: email?.split('@')[0] ?? label,
    picture: gravatarUrl(label, name),
    ...Object.fromEntries(copied),
    ...Object.fromEntries(sentMetadata(payload)),
    updated_at: now,
    user_id: userId,
  });
}

/** The `good` policy, the default of a new connection: 8 characters, three of lower, upper, digit, special. */
export function checkPassword(password: string): void {
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter(kind => kind.test(password));
  if (password.length < 8 || kinds.length < 3) refuse(weakPassword());
}

function checkForConnection(payload: JsonObject, connection: Connection): void {
  if (!isOwnStore(connection)) {
    refuse(
      apiError(
        400,
        'Connection does not support user creation through the API. It must either be a database or passwordless connection.',
        'operation_not_supported',
      ),
    );
  }
  if (connection.strategy === 'sms') {
    if (payload.phone_number === undefined) refuse(missing('phone_number'));
  } else if (payload.email === undefined) {
    refuse(missing('email'));
  }
  if (payload.username !== undefined && !connection.allowsUsername) {
    refuse(apiError(400, 'Cannot set username for connection without requires_username.', 'operation_not_supported'));
  }
  if (!isDatabase(connection)) return;
  if (typeof payload.password !== 'string') refuse(missing('password'));
  checkPassword(payload.password);
}

function checkUnique(
  userId: string,
  email: string | undefined,
  username: Json | undefined,
  connection: Connection,
  store: UserStore,
): void {
  const inConnection = (user: User): boolean => connectionsOf(user).includes(connection.name);
  const sameEmail = email !== undefined && store.byEmail(email).some(inConnection);
  const sameName =
    username !== undefined && some(store.users(), user => user.username === username && inConnection(user));
  if (store.get(userId) !== undefined || sameEmail || sameName) refuse(userExists());
}

function sentMetadata(payload: JsonObject): (readonly [string, JsonObject])[] {
  return METADATA.flatMap(name => {
    const sent = ownValue(payload, name);
    const value = isObject(sent) ? mergeMetadata(undefined, sent) : undefined;
    return value !== undefined && isStored(name, value) ? [[name, value] as const] : [];
  });
}

function some<T>(values: Iterable<T>, wanted: (value: T) => boolean): boolean {
  for (const value of values) if (wanted(value)) return true;
  return false;
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** 24 hexadecimal digits, like an ObjectId. */
function newLocalId(): string {
  return randomBytes(12).toString('hex');
}
