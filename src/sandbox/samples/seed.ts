// Adds to the users of a caller the attributes that every user of the service has. All others stay as they are.
import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../json';
import { DEFAULT_CONNECTIONS } from '../state/connections';
import { identityOf, type User } from '../state/user';

const EPOCH = '2026-01-01T00:00:00.000Z';

/** @throws Error if a `user_id` is empty or not a string. */
export function* seedUsers(seeds: Iterable<JsonObject>): Generator<User> {
  for (const seed of seeds) {
    const userId = seed.user_id ?? `auth0|${randomBytes(12).toString('hex')}`;
    if (typeof userId !== 'string' || userId === '') throw new Error('A user_id must be a text that is not empty.');
    const createdAt = seed.created_at ?? EPOCH;
    yield {
      created_at: createdAt,
      updated_at: createdAt,
      identities: [identityFromId(userId)],
      ...seed,
      user_id: userId,
    };
  }
}

/** `samlp|acme-saml|ada@example.com`: the provider, then the rest. Uses the first connection of the provider. */
function identityFromId(userId: string): JsonObject {
  const [provider = 'auth0', ...rest] = userId.split('|');
  const connection = DEFAULT_CONNECTIONS.find(({ strategy }) => strategy === provider);
  const localId = rest.join('|') || userId;
  return identityOf(connection ?? { id: '', name: provider, strategy: provider }, localId);
}
