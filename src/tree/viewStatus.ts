// The status of the whole view: its message about searches, and the context keys for `when` clauses.
import type * as vscode from 'vscode';
import { abilitiesOf } from '../management/auth/scopes';
import type { TenantDomain } from '../management/tenant';
import { ContextKey } from '../shell/contextKey';
import type { UserList } from './model/userList';
import type { TenantClients } from './sources';
import { searchSummary } from './tenantItem';

export interface ViewFacts {
  readonly hasTenants: boolean;
  /** Whether a user can be created in any tenant, as far as its scopes are known. */
  readonly canCreate: boolean;
  /** One line per search. */
  readonly searches: readonly string[];
}

export class ViewStatus {
  readonly #view: vscode.TreeView<unknown>;
  readonly #hasTenants = new ContextKey('auth0Metadata.hasTenants');
  readonly #hasSearch = new ContextKey('auth0Metadata.hasSearch');
  readonly #canCreate = new ContextKey('auth0Metadata.canCreate');

  constructor(view: vscode.TreeView<unknown>) {
    this.#view = view;
  }

  show({ hasTenants, canCreate, searches }: ViewFacts): void {
    this.#hasTenants.set(hasTenants);
    this.#canCreate.set(canCreate);
    this.#hasSearch.set(searches.length > 0);
    this.#view.message = searches.join('; ');
  }
}

export function viewFacts(
  tenants: readonly TenantDomain[],
  access: Pick<TenantClients, 'knownClaims' | 'lockState'>,
  listOf: (tenant: TenantDomain) => UserList,
): ViewFacts {
  return {
    hasTenants: tenants.length > 0,
    canCreate: tenants.some(
      tenant => access.lockState(tenant) !== 'readOnly' && abilitiesOf(access.knownClaims(tenant)?.scopes).canCreate,
    ),
    searches: tenants.flatMap(tenant => {
      const summary = searchSummary(listOf(tenant));
      if (summary === undefined) return [];
      return [tenants.length > 1 ? `${tenant}: ${summary}` : summary];
    }),
  };
}
