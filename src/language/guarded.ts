// What is said of the tenants needs to know about each of them.
import type * as vscode from 'vscode';
import type { Environment, LockState } from '../management/environment';
import type { TenantDomain } from '../management/tenant';

export interface Guarded {
  /** Fires when anything below may give another answer. */
  readonly onDidChange: vscode.Event<unknown>;
  profileOf(domain: TenantDomain): { readonly name: string; readonly environment: Environment } | undefined;
  stateOf(domain: TenantDomain): LockState;
}
