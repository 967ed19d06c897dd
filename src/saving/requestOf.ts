// Builds the request that saving a document would send.
import { writeJson } from '../json/write';
import type { ResourceId } from '../management/resourceId';
import { type UserProfile, userPath } from '../management/resources/users';
import { metadataOf, type Sections } from '../metadata/document';
import { hasChanges, planEdit } from '../metadata/plan';
import type { DocumentState } from './documentState';

/** The request, as far as it is known without the server's current state. */
export interface PatchRequest {
  readonly method: 'PATCH';
  readonly url: string;
  /** JSON text, because a JavaScript object cannot hold every number. */
  readonly body: string;
}

export interface RequestSources {
  /** Reads the user with one GET. */
  look(): Promise<UserProfile>;
  /** URL of the tenant, without a slash at the end. */
  origin(): Promise<string>;
}

/**
 * @param edited what the document shows
 * @returns undefined if nothing would be sent
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

/** Restored text, and text whose last save got no answer, is compared with the server, as in a save. */
async function baseOf(session: DocumentState, { look }: RequestSources): Promise<Sections> {
  if (session.base && !session.isUnproven) return session.base;
  const remote = metadataOf((await look()).value);
  if (session.isUnproven) session.learn(remote);
  return session.base ?? remote;
}
