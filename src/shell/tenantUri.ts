// The tenant that a URI of ours is about.
import type * as vscode from 'vscode';
import { parseTenantDomain, type TenantDomain } from '../management/tenant';

/** Everything of a tenant has its domain as authority. Other extensions' URIs may have such a host, too: undefined for those. */
export function tenantOfUri({ scheme, authority }: vscode.Uri): TenantDomain | undefined {
  return scheme.startsWith('auth0-') ? parseTenantDomain(authority) : undefined;
}
