// A typed context key for the `when` clauses in package.json.
import * as vscode from 'vscode';

export type ContextKeyName = 'auth0Metadata.hasTenants' | 'auth0Metadata.hasSearch' | 'auth0Metadata.canCreate';

export class ContextKey<T extends boolean | string> {
  readonly #name: ContextKeyName;
  #value: T | undefined;

  constructor(name: ContextKeyName) {
    this.#name = name;
  }

  set(value: T): void {
    if (value === this.#value) return;
    this.#value = value;
    void vscode.commands.executeCommand('setContext', this.#name, value);
  }
}
