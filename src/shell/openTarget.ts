// What a command is aimed at: a node of the tree (from its context menu) or the argument of a caller.
import type { JsonPath } from '../json/value';
import { isRecord } from '../management/plainJson';
import { parseTenantDomain, type TenantDomain } from '../management/tenant';
import { toUserId, type UserId } from '../management/users';

export interface OpenTarget {
  readonly tenant: TenantDomain | undefined;
  readonly userId: UserId | undefined;
  /** Where in the document, from `user_metadata` or `app_metadata` down. */
  readonly reveal: JsonPath | undefined;
}

/** Reads `{tenant?, userId?, reveal?}`; a node of the tree has the same properties. Anything else has none of them. */
export function toTarget(arg: unknown): OpenTarget {
  const { tenant, userId, reveal } = isRecord(arg) ? arg : {};
  return {
    tenant: typeof tenant === 'string' ? parseTenantDomain(tenant) : undefined,
    userId: typeof userId === 'string' ? toUserId(userId) : undefined,
    reveal: isPath(reveal) ? reveal : undefined,
  };
}

/** Whether VS Code passed one of the tree's nodes: then a person clicked, and no caller is waiting for an answer. */
export function isTreeNode(arg: unknown): boolean {
  return isRecord(arg) && typeof arg.type === 'string' && typeof arg.tenant === 'string';
}

function isPath(value: unknown): value is JsonPath {
  return Array.isArray(value) && value.every(step => typeof step === 'string' || typeof step === 'number');
}
