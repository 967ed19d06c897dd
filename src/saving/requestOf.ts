// The request that saving a document would send.
import { writeJson } from '../json/write';
import type { ResourceId } from '../management/resourceId';
import { type UserProfile, userPath } from '../management/resources/users';
import { metadataOf, type Sections } from '../metadata/document';
import { hasChanges, planEdit } from '../metadata/plan';
import type { DocumentState } from './documentState';

/** The request, as far as can be told without asking the server for its present state. */
export interface PatchRequest {
  readonly method: 'PATCH';
  readonly url: string;
  /** JSON text: an object could not hold every number that it can. */
  readonly body: string;
}

export interface RequestSources {
  /** One GET. */
  look(): Promise<UserProfile>;
  /** Where the tenant is reached, without a slash at the end. */
  origin(): Promise<string>;
}

/**
 * @param edited what the document shows
 * @returns undefined where nothing would be sent
 * @throws ManagementError
 */
export async function requestOf(
  session: DocumentState,
  { id }: ResourceId,
  edited: Sections,
  sources: RequestSources,
): Promise<PatchRequest | undefined> {
  const plan = planEdit(await baseOf(session, sources), edited);
  if (!hasChanges(plan)) return undefined;
  return { method: 'PATCH', url: `${await sources.origin()}${userPath(id)}`, body: writeJson(plan.body) };
}

/** Text that was restored, or whose last save got no answer, is compared with the server, as saving it would. */
async function baseOf(session: DocumentState, { look }: RequestSources): Promise<Sections> {
  if (session.base && !session.isUnproven) return session.base;
  const remote = metadataOf((await look()).value);
  if (session.isUnproven) session.learn(remote);
  return session.base ?? remote;
}
