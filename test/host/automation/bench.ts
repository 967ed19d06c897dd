// What tests of the contract for automation share: two users in a tenant, and our commands by their short names.
import * as vscode from 'vscode';
import { type Bench, connect } from '../support';

export const ID = 'auth0|5f7c8ec7c33c6c004bbafe82';
export const PATH = `/api/v2/users/${encodeURIComponent(ID)}`;

export function connectTwoUsers(): Promise<Bench> {
  return connect({
    users: [
      { user_id: ID, email: 'jane.doe@example.com', name: 'Jane Doe', user_metadata: { a: { x: 1 } } },
      { user_id: 'auth0|2', email: 'john@example.com', name: 'John Roe' },
    ],
  });
}

export async function disconnect(bench: Bench): Promise<void> {
  // A view in sight would load the users of the tests that follow.
  await vscode.commands.executeCommand('workbench.view.explorer');
  await bench.close();
}

export function run<T = unknown>(command: string, argument?: object): Thenable<T> {
  return vscode.commands.executeCommand<T>(`auth0Metadata.${command}`, argument);
}
