// What the tree needs of tenants and of requests.
import type * as vscode from 'vscode';
import type { TokenClaims } from '../management/auth/token';
import type { ManagementClient } from '../management/client';
import type { TenantDomain } from '../management/tenant';
import type { TenantInfo } from './tenantItem';

export interface TenantList {
  all(): readonly TenantInfo[];
}

/** The way into each of them. */
export interface TenantClients {
  readonly onDidChange: vscode.Event<TenantEvent>;
  client(domain: TenantDomain): Promise<ManagementClient>;
  knownClaims(domain: TenantDomain): TokenClaims | undefined;
}

export interface TenantEvent {
  readonly domain: TenantDomain;
  readonly what: 'added' | 'removed' | 'credentials' | 'scopes';
}

/** Requests of one gesture: a wait for the rate limit is shown, and aborted through the signal. */
export interface RequestRunner {
  run<T>(task: (signal: AbortSignal) => Promise<T>, outer?: AbortSignal): Promise<T>;
}
