// *Open User Metadata…*: from the tree, by automation, or with a typed ID or e-mail.

import * as vscode from 'vscode';
import type { OpenOptions, UserDocuments } from '../../documents/open/userDocuments';
import { isRecord } from '../../json/plain';
import { summaryOf } from '../../management/listing/fetchUsers';
import { findByEmail } from '../../management/listing/findByEmail';
import { toUserKey, type UserKey } from '../../management/listing/userKey';
import { ofUser, type ResourceId } from '../../management/resourceId';
import type { UserSummary } from '../../management/resources/users';
import type { TenantDomain } from '../../management/tenant';
import { type SignIn, withSignIn } from '../../saving/signIn';
import type { Commands } from '../../shell/commandTable';
import { CallerError, onTenant } from '../../shell/report';
import type { TenantAccess } from '../../tenants/tenantAccess';
import { inSentence, visibleText } from '../../text/visibleText';
import type { UsersTree } from '../../tree/usersTree';
import { namedTenant, pickTenant, titleWith } from '../pickTenant';
import { isTreeNode, type TenantList, toTarget } from '../target';

/** More users than ever share one address. */
const MAX_MATCHES = 50;

export function openUserCommand(
  documents: UserDocuments,
  tenants: TenantList,
  access: TenantAccess,
  tree: UsersTree,
  signIn: SignIn,
): Commands<'openUser' | 'openSelected'> {
  const asking = <T>(tenant: TenantDomain, task: () => Promise<T>) =>
    onTenant(tenant, () => withSignIn(signIn.attempt(tenant, 'read'), task));
  return {
    // A click opens a preview, as in the Explorer: the tab stays once the document is edited or double-clicked.
    openSelected: async () => {
      const { userId, reveal } = toTarget(tree.selected, tenants);
      const tenant = namedTenant(tenants, tree.selected);
      if (!tenant || !userId) return undefined;
      return asking(tenant, () => open(documents, ofUser(tenant, userId), { reveal, preview: true }));
    },
    openUser: async arg => {
      const { userId, reveal } = toTarget(arg, tenants);
      if (isRecord(arg) && 'userId' in arg && !userId) {
        throw new CallerError(vscode.l10n.t('openUser: `userId` is not the ID of a user.'));
      }
      const tenant = await pickTenant(tenants, arg, tree);
      if (!tenant) return undefined;
      if (!userId) return openByWords({ documents, tenants, access }, tenant, asking);
      const opening = () => open(documents, ofUser(tenant, userId), { reveal });
      // A caller gets an answer, and no question that nobody may see.
      return isTreeNode(arg) ? asking(tenant, opening) : onTenant(tenant, opening);
    },
  };
}

async function openByWords(
  { documents, tenants, access }: { documents: UserDocuments; tenants: TenantList; access: TenantAccess },
  tenant: TenantDomain,
  asking: <T>(tenant: TenantDomain, task: () => Promise<T>) => Promise<T>,
): Promise<vscode.Uri | undefined> {
  const input = await vscode.window.showInputBox({
    title: titleWith(tenants, tenant, vscode.l10n.t('Open User Metadata on {0}', tenant)),
    prompt: vscode.l10n.t('The user’s ID or e-mail address'),
    placeHolder: 'auth0|5f7c8ec7c33c6c004bbafe82, jane.doe@example.com',
    ignoreFocusOut: true,
  });
  const key = toUserKey(input ?? '');
  if (key?.kind === 'id') return asking(tenant, () => open(documents, ofUser(tenant, key.id)));
  return key && asking(tenant, () => openByEmail(documents, access, tenant, key));
}

async function openByEmail(
  documents: UserDocuments,
  access: TenantAccess,
  tenant: TenantDomain,
  { email, q }: UserKey & { readonly kind: 'email' },
): Promise<vscode.Uri | undefined> {
  const client = await access.client(tenant);
  const { profiles, others, search } = await findByEmail(client, email, { page: 0, perPage: MAX_MATCHES, query: q });
  const found = [...profiles.map(summaryOf), ...others];
  if ('error' in search && found.length === 0) throw search.error;
  if (found.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No user of {0} has the e-mail address {1}.', tenant, inSentence(email, 80)),
    );
    return undefined;
  }
  const isComplete = !('error' in search);
  if (found.length > 1 || !isComplete) {
    // The users may change while somebody chooses: the chosen one is read again.
    const chosen = await pickUser(found, isComplete);
    return chosen && open(documents, ofUser(tenant, chosen.id));
  }
  const [only] = found;
  const [profile] = profiles;
  return only && open(documents, ofUser(tenant, only.id), profile && { profile });
}

/** Several users can have the same address: one per connection, or with other capitals. */
async function pickUser(found: readonly UserSummary[], isComplete: boolean): Promise<UserSummary | undefined> {
  const items = found.map(user => ({
    label: visibleText(user.email ?? user.id, 120),
    description: visibleText(user.connection ?? '', 60),
    detail: visibleText(user.id, 120),
    user,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title:
      found.length > 1 ? vscode.l10n.t('Several users have this e-mail address') : vscode.l10n.t('A user was found'),
    placeHolder: isComplete
      ? vscode.l10n.t('Choose whose metadata to open')
      : vscode.l10n.t('The search did not answer: users with this address in other capitals may be missing'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.user;
}

/** Opens with progress. */
async function open(
  documents: UserDocuments,
  identity: ResourceId,
  options?: OpenOptions,
): Promise<vscode.Uri | undefined> {
  const title = vscode.l10n.t('Opening {0}…', inSentence(identity.id, 60));
  const location = vscode.ProgressLocation.Window;
  return vscode.window.withProgress({ location, title }, () => documents.open(identity, options));
}
