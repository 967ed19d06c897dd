// Open User Metadata…: from the tree, by automation, or by an id or e-mail that is typed.
import * as vscode from 'vscode';
import type { OpenOptions, UserDocuments } from '../editor/openDocument';
import type { UserIdentity } from '../editor/userUri';
import type { TenantDomain } from '../management/tenant';
import { toUserId, type UserProfile } from '../management/users';
import { visibleText } from '../metadata/visibleText';
import { toTarget } from '../shell/openTarget';
import { reportError } from '../shell/report';
import type { TenantRegistry } from '../tenants/registry';
import type { UsersTree } from '../tree/usersTree';
import type { Commands } from './commandTable';
import { connectedOnly, pickTenant } from './pickTenant';

const { t } = vscode.l10n;

export function openUserCommand(
  documents: UserDocuments,
  registry: TenantRegistry,
  tree: UsersTree,
): Commands<'openUser' | 'openSelected'> {
  return {
    // A click looks, as in the Explorer: the tab stays once the document is edited or double-clicked.
    openSelected: async () => {
      const { tenant: named, userId, reveal } = toTarget(tree.selected, registry);
      const tenant = connectedOnly(registry, named);
      return tenant && userId ? open(documents, { tenant, userId }, { reveal, preview: true }) : undefined;
    },
    openUser: async arg => {
      const { tenant: named, userId, reveal } = toTarget(arg, registry);
      const tenant = await pickTenant(registry, named, tree.focusedTenant());
      if (!tenant) return undefined;
      if (!userId) return openByWords(documents, registry, tenant);
      return open(documents, { tenant, userId }, { reveal });
    },
  };
}

async function openByWords(
  documents: UserDocuments,
  registry: TenantRegistry,
  tenant: TenantDomain,
): Promise<vscode.Uri | undefined> {
  const input = await vscode.window.showInputBox({
    title: t('Open User Metadata on {0}', tenant),
    prompt: t('The user’s id or e-mail address'),
    placeHolder: 'auth0|5f7c8ec7c33c6c004bbafe82, jane.doe@example.com',
    ignoreFocusOut: true,
  });
  const text = input?.trim();
  if (!text) return undefined;
  const userId = toUserId(text);
  if (userId && (text.includes('|') || !text.includes('@'))) {
    return open(documents, { tenant, userId });
  }
  try {
    const found = await (await registry.client(tenant)).usersByEmail(text);
    const profile = found.length > 1 ? await pickProfile(found) : found[0];
    if (profile) return await documents.open({ tenant, userId: profile.id }, { profile });
    if (!found.length) {
      void vscode.window.showInformationMessage(
        t('No user of {0} has the e-mail address {1}.', tenant, visibleText(text, 80)),
      );
    }
  } catch (error) {
    await reportError(error, tenant);
  }
  return undefined;
}

/** The same address can stand for a user of each connection. */
async function pickProfile(profiles: readonly UserProfile[]): Promise<UserProfile | undefined> {
  const items = profiles.map(profile => ({ label: visibleText(profile.id, 120), profile }));
  return (await vscode.window.showQuickPick(items, { title: t('Several users have this e-mail address') }))?.profile;
}

/** Opens with progress; a failure is shown as a message, and the caller gets undefined. */
async function open(
  documents: UserDocuments,
  identity: UserIdentity,
  options?: OpenOptions,
): Promise<vscode.Uri | undefined> {
  try {
    const title = t('Opening {0}…', visibleText(identity.userId, 60));
    return await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
      documents.open(identity, options),
    );
  } catch (error) {
    // Not awaited: a caller must not hang until somebody dismisses the message.
    void reportError(error, identity.tenant);
    return undefined;
  }
}
