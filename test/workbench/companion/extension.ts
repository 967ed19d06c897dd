// An extension for development: connects a tenant when VS Code has started, as its user would by hand.
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { TENANT_FILE } from './install';

const CONNECTED = 'connected';

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const tenant = readFileSync(path.join(context.extensionPath, TENANT_FILE), 'utf8');
  // After a reload of the window the tenant is there, or its user has removed it. The mark is a secret, so that it is lost
  // where the tenant's own secret is.
  if ((await context.secrets.get(CONNECTED)) === tenant) return;
  try {
    await vscode.commands.executeCommand('auth0Metadata.addTenant', JSON.parse(tenant));
    await vscode.commands.executeCommand('auth0Metadata.users.focus');
    await context.secrets.store(CONNECTED, tenant);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(`The sample tenant was not connected: ${reason}`);
  }
}
