// What the tree needs of tenants and of requests.
import type * as vscode from 'vscode';
import type { TokenClaims } from '../management/auth/token';
import type { ManagementClient } from '../management/client';
import type { TenantDomain } from '../management/tenant';

/** A tenant as the tree wants to know it. */
export interface TenantInfo {
  readonly domain: TenantDomain;
  readonly origin: string;
  /** `sample`, or how one signs in. */
  readonly kind: string;
}

export interface TenantList {
  all(): readonly TenantInfo[];
}

/** The way into each of them. */
export interface TenantClients {
  readonly onDidChange: vscode.Event<TenantEvent>;
  client(domain: TenantDomain): Promise<ManagementClient>;
  /** Undefined until a token has been used. */
  knownClaims(domain: TenantDomain): TokenClaims | undefined;
  /** How one is signed in, in words. */
  signedIn(domain: TenantDomain): string | undefined;
}

export interface TenantEvent {
  readonly domain: TenantDomain;
  readonly what: 'added' | 'removed' | 'credentials' | 'scopes';
}

/** Requests of one gesture: a wait for the rate limit is shown, and aborted through the signal. */
export interface RequestRunner {
  run<T>(task: (signal: AbortSignal) => Promise<T>, outer?: AbortSignal): Promise<T>;
}
