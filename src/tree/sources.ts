// What the tree needs from tenants and requests, as interfaces.
import type * as vscode from 'vscode';
import type { TokenClaims } from '../management/auth/token';
import type { ManagementClient } from '../management/client';
import type { Environment, LockState } from '../management/environment';
import type { TenantDomain } from '../management/tenant';

/** What the tree needs to know about a tenant. */
export interface TenantInfo {
  readonly domain: TenantDomain;
  readonly origin: string;
  /** `sample`, or how the user signs in. */
  readonly kind: string;
  readonly name: string;
  readonly environment: Environment;
}

export interface TenantList {
  all(): readonly TenantInfo[];
}

/** The clients of the tenants, and what their tokens allow. */
export interface TenantClients {
  readonly onDidChange: vscode.Event<TenantEvent>;
  client(domain: TenantDomain): Promise<ManagementClient>;
  /** Undefined until a token has been used. */
  knownClaims(domain: TenantDomain): TokenClaims | undefined;
  /** Whether the tenant may be changed now. */
  lockState(domain: TenantDomain): LockState;
  /** The rate limits as answers have told them. */
  limits(domain: TenantDomain): Promise<readonly { readonly limit: number }[]>;
  /** How the user is signed in, in words. */
  signedIn(domain: TenantDomain): string | undefined;
}

export interface TenantEvent {
  readonly domain: TenantDomain;
  readonly what: 'added' | 'removed' | 'credentials' | 'profile' | 'scopes' | 'token' | 'lock';
}

/** Runs the requests of one gesture. A wait for the rate limit is shown, and aborted through the signal. */
export interface RequestRunner {
  run<T>(task: (signal: AbortSignal) => Promise<T>, outer?: AbortSignal): Promise<T>;
}
