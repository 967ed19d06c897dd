// Reads the target of a command from its argument: a node of the tree (from a menu), or what a caller passed.
import { isRecord } from '../json/plain';
import type { JsonPath } from '../json/value';
import { toUserId, type UserId } from '../management/resources/users';
import { parseTenantDomain, type TenantDomain } from '../management/tenant';
import type { Described } from '../shell/tenantWords';

/** The tenants that the user has added. */
export interface TenantList {
  all(): readonly (Described & { readonly domain: TenantDomain; readonly kind: string })[];
}

/** The tenant that an argument names. An unknown name is an error, and never replaced: see pickTenant.ts. */
export type NamedTenant =
  | { readonly kind: 'connected'; readonly domain: TenantDomain }
  | { readonly kind: 'unknown'; readonly name: string };

export interface OpenTarget {
  /** Undefined only if the argument has no `tenant` at all. */
  readonly tenant: NamedTenant | undefined;
  readonly userId: UserId | undefined;
  /** The path to select in the document, beginning with `user_metadata` or `app_metadata`. */
  readonly reveal: JsonPath | undefined;
}

/** Reads `{tenant?, userId?, reveal?}`. A node of the tree has these properties; other arguments have none of them. */
export function toTarget(arg: unknown, tenants: TenantList): OpenTarget {
  const { tenant, userId, reveal } = isRecord(arg) ? arg : {};
  return {
    tenant: tenant === undefined ? undefined : toNamedTenant(tenant, tenants),
    userId: typeof userId === 'string' ? toUserId(userId) : undefined,
    reveal: isPath(reveal) ? reveal : undefined,
  };
}

/** Whether `arg` is a node of the tree: then a person clicked, and no caller waits for an answer. */
export function isTreeNode(arg: unknown): boolean {
  return isRecord(arg) && typeof arg.type === 'string' && typeof arg.tenant === 'string';
}

function toNamedTenant(name: unknown, tenants: TenantList): NamedTenant {
  const domain = typeof name === 'string' ? parseTenantDomain(name) : undefined;
  const isConnected = domain !== undefined && tenants.all().some(tenant => tenant.domain === domain);
  return isConnected ? { kind: 'connected', domain } : { kind: 'unknown', name: String(name) };
}

function isPath(value: unknown): value is JsonPath {
  return Array.isArray(value) && value.every(step => typeof step === 'string' || typeof step === 'number');
}
