// What the view as a whole says: its message about searches, and the context keys for `when` clauses.
import type * as vscode from 'vscode';
import { ContextKey } from '../shell/contextKey';

export interface ViewFacts {
  readonly hasTenants: boolean;
  /** Whether a user can be created in any of them, as far as is known. */
  readonly canCreate: boolean;
  /** One line a search. */
  readonly searches: readonly string[];
}

export class ViewStatus {
  readonly #view: vscode.TreeView<unknown>;
  readonly #hasTenants = new ContextKey<boolean>('auth0Metadata.hasTenants');
  readonly #hasSearch = new ContextKey<boolean>('auth0Metadata.hasSearch');
  readonly #canCreate = new ContextKey<boolean>('auth0Metadata.canCreate');

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
