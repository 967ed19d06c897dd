// *Import Tenants…*: shows what the file of an export would add, and adds what is chosen. A tenant that is there is never
// changed, and a new one is for production whatever the file says: whoever writes the file does not decide how a tenant
// is guarded here.
import * as path from 'node:path';
import * as vscode from 'vscode';
import { type TenantDomain, tenantOf } from '../../management/tenant';
import { commandId } from '../../shell/commandTable';
import { askForJsonFile } from '../../shell/jsonFiles';
import type { TenantStore } from '../../tenants/tenantStore';
import { type Suspicion, suspicionsOf } from '../../tenants/transfer/suspicions';
import { decodeTenants, type FileProblem, type FileTenant, MAX_FILE_BYTES } from '../../tenants/transfer/tenantsFile';
import { inSentence, isolated } from '../../text/visibleText';
import type { UsersTree } from '../../tree/usersTree';
import { detailOf, problemInWords } from './importWords';

const FOCUS_VIEW = 'auth0Metadata.users.focus';

export async function importTenants(
  tenants: Pick<TenantStore, 'all' | 'get' | 'addSignedOut'>,
  tree: Pick<UsersTree, 'select'>,
): Promise<void> {
  const title = vscode.l10n.t('Import Tenants');
  const file = await askForJsonFile(title);
  if (!file) return;
  const name = inSentence(path.posix.basename(file.path));
  const found = await read(file);
  if ('kind' in found) {
    const why = [problemInWords(found, name), vscode.l10n.t('Nothing was imported.')].join(' ');
    void vscode.window.showErrorMessage(why);
    return;
  }
  const isKnown = ({ domain }: FileTenant) => tenants.get(domain) !== undefined;
  const known = found.filter(isKnown);
  if (known.length === found.length) {
    const nothing = vscode.l10n.t('All tenants of {0} are here already. An import changes nothing of them.', name);
    void vscode.window.showInformationMessage(nothing);
    return;
  }
  const connected = tenants.all();
  const items = found.filter(tenant => !isKnown(tenant)).map(tenant => itemOf(tenant, suspicionsOf(tenant, connected)));
  const chosen = await vscode.window.showQuickPick(items, {
    title: `${title} · ${name}`,
    placeHolder: placeholder(known),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  if (!chosen || chosen.length === 0) return;
  const added: TenantDomain[] = [];
  for (const { tenant } of chosen) {
    const profile = { name: tenant.name, environment: 'production', readOnly: tenant.readOnly } as const;
    if (await tenants.addSignedOut(tenantOf(tenant.domain), profile)) added.push(tenant.domain);
  }
  await vscode.commands.executeCommand(FOCUS_VIEW);
  const [first] = added;
  // Another window has added them meanwhile.
  if (first === undefined) return;
  await tree.select(first);
  void offerSignIn(first, added.length);
}

async function offerSignIn(first: TenantDomain, count: number): Promise<void> {
  const signIn = vscode.l10n.t('Sign In');
  const answer = await vscode.window.showInformationMessage(
    count === 1
      ? vscode.l10n.t('1 tenant was added for production. Sign in to use it.')
      : vscode.l10n.t('{0} tenants were added for production. Sign in to each to use it.', count),
    signIn,
  );
  if (answer === signIn) await vscode.commands.executeCommand(commandId('updateCredentials'), { tenant: first });
}

async function read(file: vscode.Uri): Promise<readonly FileTenant[] | FileProblem | { readonly kind: 'unreadable' }> {
  try {
    const { size } = await vscode.workspace.fs.stat(file);
    if (size > MAX_FILE_BYTES) return { kind: 'tooLarge' };
    return decodeTenants(await vscode.workspace.fs.readFile(file));
  } catch {
    return { kind: 'unreadable' };
  }
}

/** Whatever can be taken for another tenant is not chosen unless the user does it. */
function itemOf(tenant: FileTenant, suspicions: readonly Suspicion[]) {
  return {
    tenant,
    label: tenant.domain,
    description: tenant.name === tenant.domain ? '' : isolated(tenant.name),
    detail: detailOf(tenant, suspicions),
    picked: suspicions.length === 0,
  };
}

function placeholder(known: readonly FileTenant[]): string {
  if (known.length === 0) return vscode.l10n.t('Choose the tenants to add. Each needs a token or a secret of its own.');
  return vscode.l10n.t('Choose the tenants to add. Here already, and left as they are: {0}.', known.length);
}
