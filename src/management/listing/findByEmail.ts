// Everybody with an e-mail address, however it is spelt.
import type { ListQuery, ManagementClient } from '../client';
import type { UserPage, UserProfile, UserSummary } from '../resources/users';

export interface EmailMatches {
  /** Who has the address as it was asked for, or in lower case: complete, and as it is now. */
  readonly profiles: readonly UserProfile[];
  /** Who has it in other letters (an enterprise connection keeps them); from the search, which may lag behind. */
  readonly others: readonly UserSummary[];
  /** The search's own page; the error where it gave none, and others may be missing. */
  readonly search: UserPage | { readonly error: unknown };
}

/**
 * Two requests, three for an address with capitals. `users-by-email` minds the case of letters, and database users are
 * stored in lower case; the search does not mind it.
 *
 * @param list the query of the search
 * @throws ManagementError of users-by-email
 */
export async function findByEmail(
  client: Pick<ManagementClient, 'listUsers' | 'usersByEmail'>,
  email: string,
  list: ListQuery,
  signal?: AbortSignal,
): Promise<EmailMatches> {
  const spellings = [...new Set([email, email.toLowerCase()])];
  const [search, ...exact] = await Promise.all([
    client.listUsers(list, signal).catch((error: unknown) => ({ error })),
    ...spellings.map(spelling => client.usersByEmail(spelling, signal)),
  ]);
  const profiles = [...new Map(exact.flat().map(profile => [profile.id, profile])).values()];
  const known = new Set(profiles.map(({ id }) => id));
  const others = 'error' in search ? [] : search.users.filter(({ id }) => !known.has(id));
  return { profiles, others, search };
}
