// The tree's elements: small plain objects without closures, because there can be 100,000 of them.
import type { JsonPath, JsonValue } from '../../json/value';
import type { UserId, UserSummary } from '../../management/resources/users';
import type { TenantDomain } from '../../management/tenant';

export interface TenantNode {
  readonly type: 'tenant';
  readonly tenant: TenantDomain;
}

export interface UserNode {
  readonly type: 'user';
  readonly tenant: TenantDomain;
  readonly userId: UserId;
  /** Replaced when a newer one arrives. The node stays: VS Code knows it by its object identity. */
  summary: UserSummary;
}

/** `user_metadata`, `app_metadata`, or a key or index below them. */
export interface ValueNode {
  readonly type: 'value';
  readonly tenant: TenantDomain;
  readonly userId: UserId;
  readonly parent: UserNode | ValueNode;
  /** The path in the document. Its last step is the label. */
  readonly reveal: JsonPath;
  readonly value: JsonValue;
}

/** A row that does not show data. */
export type RowNode = MoreRow | FailedRow | PlainRow;

/** Loads the next page. */
export interface MoreRow extends Row {
  readonly kind: 'more';
  /** How many users stand above it. */
  readonly shown: number;
  /** How many there are, if the service says so. */
  readonly total: number | undefined;
}

/** Why nothing (more) is shown. */
export interface FailedRow extends Row {
  readonly kind: 'error' | 'signedOut';
  readonly error: unknown;
}

/** `capped` says that the service gives no more, `noUsers` and `noHits` that there is nothing. */
export interface PlainRow extends Row {
  readonly kind: 'capped' | 'noUsers' | 'noHits';
}

interface Row {
  readonly type: 'row';
  readonly tenant: TenantDomain;
  readonly parent: TenantNode | UserNode;
}

export type TreeNode = TenantNode | UserNode | ValueNode | RowNode;

/** Unique in the whole tree and the same after each refresh, so that VS Code keeps what is expanded and selected. */
export function nodeId(node: TreeNode): string {
  switch (node.type) {
    case 'tenant':
      return `tenant:${node.tenant}`;
    case 'user':
      return `user:${node.tenant}:${node.userId}`;
    case 'value':
      return `value:${node.tenant}:${JSON.stringify([node.userId, ...node.reveal])}`;
    case 'row':
      return `${node.kind}:${nodeId(node.parent)}`;
  }
}

/** One node for each key or item of `value`, such as the two sections. Of duplicate keys, only the one that counts. */
export function childValues(parent: UserNode | ValueNode, value: JsonValue): readonly ValueNode[] {
  const { tenant, userId } = parent;
  const base = parent.type === 'value' ? parent.reveal : [];
  const child = (step: string | number, of: JsonValue): ValueNode => {
    return { type: 'value', tenant, userId, parent, reveal: [...base, step], value: of };
  };
  if (value.type === 'array') return value.items.map((item, i) => child(i, item));
  if (value.type !== 'object') return [];
  const members = new Map(value.members.map(({ key, value: of }) => [key, of]));
  return Array.from(members, ([key, of]) => child(key, of));
}

export function isExpandable(value: JsonValue): boolean {
  return value.type === 'object' ? value.members.length > 0 : value.type === 'array' && value.items.length > 0;
}
