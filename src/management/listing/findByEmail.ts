// Finds all users with an e-mail address, in any mix of upper and lower case.
import type { ListQuery, ManagementClient } from '../client';
import type { UserPage, UserProfile, UserSummary } from '../resources/users';

export interface EmailMatches {
  /** Users with the address as given or in lower case. Complete profiles, up to date. */
  readonly profiles: readonly UserProfile[];
  /** Users with it in another case (an enterprise connection keeps it). From the search, which may lag behind. */
  readonly others: readonly UserSummary[];
  /** The page of the search, or its error: then `others` may be incomplete. */
  readonly search: UserPage | { readonly error: unknown };
}

/**
 * Makes two requests, three for an address with capitals. `users-by-email` is case-sensitive, and database users are
 * stored in lower case; the search is not case-sensitive.
 *
 * @param list the query of the search
 * @throws ManagementError if users-by-email fails
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
