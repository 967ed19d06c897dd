// What is said of the tenants needs to know about each of them.
import type * as vscode from 'vscode';
import type { ReadonlyReason } from '../documents/open/openUser';
import type { Abilities } from '../management/auth/scopes';
import type { Environment, LockState } from '../management/environment';
import type { TenantDomain } from '../management/tenant';

export interface Guarded {
  /** Fires when anything below may give another answer. */
  readonly onDidChange: vscode.Event<unknown>;
  profileOf(domain: TenantDomain): { readonly name: string; readonly environment: Environment } | undefined;
  stateOf(domain: TenantDomain): LockState;
  /** Whether the token allows to change anything at all, as far as its scopes are known. */
  canWrite(domain: TenantDomain): boolean;
  /** See there. */
  readonlyReasonOf(domain: TenantDomain, ability: keyof Abilities): ReadonlyReason | undefined;
}
