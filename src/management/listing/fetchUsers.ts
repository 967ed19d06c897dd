// Fetches one page of a tenant's users, or of a search, with as few requests as possible.

import { parsePlain } from '../../json/plain';
import type { ManagementClient } from '../client';
import { isFromBetween, ManagementError } from '../errors';
import { decodeUserSummary } from '../resources/decode';
import type { UserPage, UserProfile, UserSummary } from '../resources/users';
import { findByEmail } from './findByEmail';
import type { UserQuery } from './search';

export interface PageRequest {
  /** From 0. */
  readonly page: number;
  readonly perPage: number;
  readonly query: UserQuery | undefined;
}

/** Without a sort order, a paged list could show one user twice and another one never. */
const NEWEST_FIRST = 'created_at:-1';

/** Makes one request; for the first page of an e-mail search, those of findByEmail. Throws ManagementError. */
export async function fetchUsers(
  client: Pick<ManagementClient, 'listUsers' | 'getUser' | 'usersByEmail'>,
  { page, perPage, query }: PageRequest,
  signal: AbortSignal,
): Promise<UserPage> {
  if (query?.kind === 'id') return pageOf(await findById(client, query, signal));
  const list = { page, perPage, query: query?.q, sort: NEWEST_FIRST };
  if (query?.kind !== 'email' || page > 0) return client.listUsers(list, signal);
  const { profiles, others, search } = await findByEmail(client, query.email, list, signal);
  // Without the search, an incomplete list would look complete.
  if ('error' in search) throw search.error;
  const users = [...profiles.map(summaryOf), ...others];
  const added = users.length - search.users.length;
  return { ...search, users, total: search.total === undefined ? undefined : search.total + added };
}

async function findById(
  client: Pick<ManagementClient, 'getUser'>,
  { id }: UserQuery & { readonly kind: 'id' },
  signal: AbortSignal,
): Promise<readonly UserProfile[]> {
  try {
    return [await client.getUser(id, signal)];
  } catch (error) {
    if (ManagementError.is(error, 'notFound') && !isFromBetween(error)) return [];
    throw error;
  }
}

/** The row of a list for a complete profile. */
export function summaryOf({ id, text }: UserProfile): UserSummary {
  return decodeUserSummary(parsePlain(text)) ?? { id };
}

function pageOf(profiles: readonly UserProfile[]): UserPage {
  const users = profiles.map(summaryOf);
  return { users, start: 0, length: users.length, total: users.length, capped: false, nextPage: undefined };
}
