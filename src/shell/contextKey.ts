// A typed context key for the `when` clauses in package.json.
import * as vscode from 'vscode';

type ContextKeyName = 'auth0Metadata.hasTenants' | 'auth0Metadata.hasSearch' | 'auth0Metadata.canCreate';

export class ContextKey {
  readonly #name: ContextKeyName;
  #value: boolean | undefined;

  constructor(name: ContextKeyName) {
    this.#name = name;
  }

  set(value: boolean): void {
    if (value === this.#value) return;
    this.#value = value;
    void vscode.commands.executeCommand('setContext', this.#name, value);
  }
}
