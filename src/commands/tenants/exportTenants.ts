// *Export Tenants…*: writes what the user says of each tenant to a file, for another machine. Never a token or a secret.
import * as path from 'node:path';
import * as vscode from 'vscode';
import { askForNewJsonFile } from '../../shell/jsonFiles';
import type { TenantStore } from '../../tenants/tenantStore';
import { encodeTenants, isMovable } from '../../tenants/transfer/tenantsFile';
import { inSentence } from '../../text/visibleText';

const FILE_NAME = 'auth0-tenants.json';

export async function exportTenants(tenants: Pick<TenantStore, 'all'>): Promise<void> {
  const all = tenants.all();
  const movable = all.filter(isMovable);
  if (movable.length === 0) {
    const nothing = vscode.l10n.t(
      'There is no tenant to export: the sample tenant and sandboxes stay on their machine.',
    );
    void vscode.window.showInformationMessage(nothing);
    return;
  }
  const file = await askForNewJsonFile(vscode.l10n.t('Export Tenants'), FILE_NAME);
  if (!file) return;
  const name = inSentence(path.posix.basename(file.path));
  try {
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(encodeTenants(movable)));
  } catch {
    const failed = vscode.l10n.t('{0} cannot be written. Choose another folder, or make room on the disk.', name);
    void vscode.window.showErrorMessage(failed);
    return;
  }
  void vscode.window.showInformationMessage(inWords(movable.length, all.length - movable.length, name));
}

function inWords(exported: number, leftOut: number, file: string): string {
  const sentences = [
    exported === 1
      ? vscode.l10n.t('1 tenant is in {0}, without its token or secret.', file)
      : vscode.l10n.t('{0} tenants are in {1}, without their tokens and secrets.', exported, file),
  ];
  if (leftOut > 0) sentences.push(vscode.l10n.t('The sample tenant and sandboxes are left out.'));
  return sentences.join(' ');
}
