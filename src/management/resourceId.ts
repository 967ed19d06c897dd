// Identifies a resource that has a document: its tenant, its kind, and its id.
import type { UserId } from './resources/users';
import type { TenantDomain } from './tenant';

/** The kinds of resources that have a document. */
export type ResourceKind = 'user';

export interface ResourceId {
  readonly tenant: TenantDomain;
  readonly kind: ResourceKind;
  readonly id: UserId;
}

export function ofUser(tenant: TenantDomain, id: UserId): ResourceId {
  return { tenant, kind: 'user', id };
}

export function sameResource(a: ResourceId | undefined, b: ResourceId | undefined): boolean {
  return a !== undefined && b !== undefined && resourceKey(a) === resourceKey(b);
}

/** A unique key for maps. */
export function resourceKey({ tenant, kind, id }: ResourceId): string {
  return `${tenant}\n${kind}\n${id}`;
}
