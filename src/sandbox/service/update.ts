// PATCH /users/{id}: applies a checked payload to the stored user, or refuses it.
import { apiError, refuse } from '../answers';
import { isObject, type JsonObject, ownValue } from '../json';
import { type Connection, isDatabase, isOwnStore } from '../state/connections';
import type { UserStore } from '../state/store';
import { connectionsOf, inServiceOrder, nextTimestamp, type User } from '../state/user';
import { checkPassword } from './create';
import { isStored, METADATA, mergeMetadata } from './metadata';

/** Instructions of a request, not attributes of a user. */
const NOT_STORED = new Set(['connection', 'client_id', 'password', 'verify_email', 'verify_phone_number', ...METADATA]);

/** Pairs that one request may not change together, from the service's API documentation. */
const NOT_TOGETHER = [
  ['password', 'email'],
  ['password', 'email_verified'],
  ['username', 'email'],
  ['username', 'email_verified'],
  ['username', 'password'],
] as const;

const PROFILE = ['family_name', 'given_name', 'name', 'nickname', 'picture'];

/** @throws Refusal 400 */
export function updatedUser(
  user: User,
  payload: JsonObject,
  store: UserStore,
  connections: readonly Connection[],
): User {
  const connection = targetConnection(user, payload, connections);
  checkCombination(payload);
  checkConnection(payload, connection);
  const email = newEmail(user, payload, store, connection);
  const updatedAt = nextTimestamp(user.updated_at);
  const changes = Object.entries(payload).filter(([name]) => !NOT_STORED.has(name));
  const removed = new Set(changes.flatMap(([name, value]) => (value === null ? [name] : [])));
  const metadata = METADATA.flatMap(name => {
    const sent = ownValue(payload, name);
    return isObject(sent) ? [[name, mergeMetadata(user[name], sent)] as const] : [];
  });
  for (const [name, value] of metadata) if (!isStored(name, value)) removed.add(name);

  const next = {
    ...user,
    // A new address is unverified, unless the request says otherwise: its attributes come after this.
    ...(email === undefined || email === user.email ? {} : { email_verified: false }),
    ...Object.fromEntries(changes),
    ...(email === undefined ? {} : { email }),
    ...Object.fromEntries(metadata),
    ...(payload.password === undefined ? {} : { last_password_reset: updatedAt }),
    updated_at: updatedAt,
  };
  if (removed.size === 0) return inServiceOrder(next);
  const kept = Object.entries(next).filter(([name]) => !removed.has(name));
  return inServiceOrder({ ...Object.fromEntries(kept), user_id: user.user_id });
}

function targetConnection(user: User, payload: JsonObject, connections: readonly Connection[]): Connection | undefined {
  const name = payload.connection ?? connectionsOf(user)[0];
  const found = connections.find(connection => connection.name === name);
  if (payload.connection !== undefined && found === undefined) {
    refuse(apiError(400, 'The connection does not exist.', 'inexistent_connection'));
  }
  return found;
}

function checkCombination(payload: JsonObject): void {
  const pair = NOT_TOGETHER.find(([a, b]) => payload[a] !== undefined && payload[b] !== undefined);
  if (pair) refuse(unsupported(`Cannot update ${pair[0]} and ${pair[1]} simultaneously.`));
}

function checkConnection(payload: JsonObject, connection: Connection | undefined): void {
  const { email, password, username } = payload;
  if (typeof password === 'string') {
    if (!connection || !isDatabase(connection)) refuse(unsupported('Cannot update password for non-database user.'));
    checkPassword(password);
  }
  if (username !== undefined && !connection?.allowsUsername) {
    refuse(unsupported('Cannot set username for connection without requires_username.'));
  }
  if (connection !== undefined && isOwnStore(connection)) return;
  if (email !== undefined) refuse(unsupported('Cannot update email for non-database user.'));
  const profile = PROFILE.filter(name => payload[name] !== undefined);
  if (profile.length > 0) {
    refuse(
      unsupported(
        `The following user attributes cannot be updated: ${profile.join(', ')}. The connection (${connection?.name ?? 'unknown'}) must either be a database connection (using the Auth0 store), a passwordless connection (email or sms) or has disabled 'Sync user profile attributes at each login'.`,
      ),
    );
  }
}

/** The address as it will be stored, or undefined if the request sets none. */
function newEmail(
  user: User,
  payload: JsonObject,
  store: UserStore,
  connection: Connection | undefined,
): string | undefined {
  if (typeof payload.email !== 'string') return undefined;
  const email = payload.email.toLowerCase();
  const others = store.byEmail(email).filter(other => other.user_id !== user.user_id);
  if (connection && others.some(other => connectionsOf(other).includes(connection.name))) {
    refuse(apiError(400, 'The specified new email already exists', 'auth0_idp_error'));
  }
  return email;
}

function unsupported(message: string): ReturnType<typeof apiError> {
  return apiError(400, message, 'operation_not_supported');
}
