// Finds the saves and the user that a history command is about.
import type * as vscode from 'vscode';
import type { Documents } from '../../documents/documents';
import { fromUri } from '../../documents/uris';
import type { HistoryStore } from '../../history/historyStore';
import type { Recorder } from '../../history/recorder';
import type { SaveRecord } from '../../history/saveRecord';
import { ManagementError } from '../../management/errors';
import type { ResourceId } from '../../management/resourceId';
import type { UserId } from '../../management/resources/users';
import type { TenantDomain } from '../../management/tenant';
import { metadataOf } from '../../metadata/document';
import type { SignIn } from '../../saving/signIn';
import type { Dialogs } from '../../shell/dialogs';
import type { RequestScope } from '../../shell/requestScope';
import type { TenantAccess } from '../../tenants/tenantAccess';
import type { UsersTree } from '../../tree/usersTree';
import type { TenantList } from '../target';
import type { HistoryDocuments } from './historyDocuments';

export interface HistoryParts {
  readonly store: HistoryStore;
  readonly recorder: Recorder;
  readonly diffs: HistoryDocuments;
  readonly documents: Documents;
  readonly tenants: TenantList;
  readonly access: TenantAccess;
  readonly tree: UsersTree;
  readonly dialogs: Dialogs;
  readonly signIn: SignIn;
  readonly requests: RequestScope;
}

/** The newest saves of a user, or of all users of a tenant. Includes saves without an answer that the server shows. */
export async function savesOf(
  parts: HistoryParts,
  tenant: TenantDomain,
  userId: UserId | undefined,
  limit: number,
): Promise<readonly SaveRecord[]> {
  await prove(parts, tenant, userId);
  await parts.recorder.flushed();
  return parts.store.list(tenant, userId, limit);
}

/** The user that a document is about. The document may be a save of the history, or any other of ours. */
export function userAt(diffs: HistoryDocuments, uri: vscode.Uri | undefined): ResourceId | undefined {
  return uri && (diffs.recordOf(uri) ?? fromUri(uri));
}

/** Checks whether saves that got no answer were made, so that they enter the history. One GET for each such user. */
async function prove({ access, recorder, requests }: HistoryParts, of: TenantDomain, userId?: UserId) {
  for (const user of recorder.unproven(of, userId)) {
    try {
      const profile = await requests.run(async signal => (await access.client(user.tenant)).getUser(user.id, signal));
      recorder.seen(user, metadataOf(profile.value));
    } catch (error) {
      // Still unknown: the history is shown without that save.
      if (!ManagementError.is(error)) throw error;
    }
  }
}
