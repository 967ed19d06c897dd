// The rows under a tenant: its users, and one row that says why there are no more.
import { isSignInNeeded } from '../../management/errors';
import type { FailedRow, RowNode, TenantNode, UserNode } from './nodes';
import type { UserList } from './userList';

export function listRows(parent: TenantNode, list: UserList): readonly (UserNode | RowNode)[] {
  const last = lastRow(parent, list);
  return last === undefined ? list.users : [...list.users, last];
}

export function failedRow(parent: TenantNode | UserNode, error: unknown): FailedRow {
  const kind = isSignInNeeded(error) ? 'signedOut' : 'error';
  return { type: 'row', kind, tenant: parent.tenant, parent, error };
}

function lastRow(parent: TenantNode, list: UserList): RowNode | undefined {
  const { users, error, total } = list;
  const row = { type: 'row', tenant: parent.tenant, parent } as const;
  if (error !== undefined) return failedRow(parent, error);
  if (list.hasMore) return { ...row, kind: 'more', shown: users.length, total };
  if (list.capped) return { ...row, kind: 'capped' };
  if (users.length > 0) return undefined;
  return { ...row, kind: list.search ? 'noHits' : 'noUsers' };
}
