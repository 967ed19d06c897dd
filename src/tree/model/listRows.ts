// What stands under a tenant: its users, and one line about what is not there.
import { isFromBetween, ManagementError } from '../../management/errors';
import type { RowNode, TenantNode, UserNode } from './nodes';
import type { UserList } from './userList';

export function listRows(parent: TenantNode, list: UserList): readonly (UserNode | RowNode)[] {
  const last = lastRow(list);
  if (last === undefined) return list.users;
  const { users, error, total } = list;
  return [...users, { type: 'row', tenant: parent.tenant, parent, row: last, error, shown: users.length, total }];
}

function lastRow(list: UserList): RowNode['row'] | undefined {
  if (list.error !== undefined) return failedRow(list.error);
  if (list.hasMore) return 'more';
  if (list.capped) return 'capped';
  if (list.users.length > 0) return undefined;
  return list.search ? 'noHits' : 'noUsers';
}

export function failedRow(error: unknown): 'signedOut' | 'error' {
  return ManagementError.is(error, 'unauthorized') && !isFromBetween(error) ? 'signedOut' : 'error';
}
