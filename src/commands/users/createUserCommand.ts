// *Create User…*: opens a draft to fill in and save. For automation, sends one POST.

import * as vscode from 'vscode';
import type { Documents } from '../../documents/documents';
import type { CreatedEvent } from '../../documents/files/newUserFiles';
import { labelOf } from '../../documents/labels';
import { tabOf } from '../../documents/open/tabs';
import type { UserDocuments } from '../../documents/open/userDocuments';
import { problemWords } from '../../documents/problemWords';
import { mayCreate } from '../../documents/saves/saveDialogs';
import { isRecord } from '../../json/plain';
import { abilitiesOf, lackingScope } from '../../management/auth/scopes';
import { isFromBetween, ManagementError, refusedByLock } from '../../management/errors';
import { ofUser } from '../../management/resourceId';
import type { Connection, UserProfile } from '../../management/resources/users';
import type { TenantDomain } from '../../management/tenant';
import { toCreateBody } from '../../metadata/newUser';
import type { ConfirmPolicy } from '../../saving/confirmPolicy';
import { createUser } from '../../saving/create';
import { type SignIn, withSignIn } from '../../saving/signIn';
import type { Commands } from '../../shell/commandTable';
import { wantedCorrelationId } from '../../shell/correlationId';
import type { Dialogs } from '../../shell/dialogs';
import { CallerError, forCaller, onTenant, reported } from '../../shell/report';
import { showStatus } from '../../shell/status';
import type { TenantAccess } from '../../tenants/tenantAccess';
import { inSentence, visibleText } from '../../text/visibleText';
import type { UsersTree } from '../../tree/usersTree';
import { pickTenant, titleWith } from '../pickTenant';
import { isTreeNode, type TenantList } from '../target';

export interface CreateUserParts {
  readonly documents: Pick<Documents, 'drafts' | 'opening'>;
  readonly tenants: TenantList;
  readonly access: TenantAccess;
  readonly tree: UsersTree;
  readonly signIn: SignIn;
  readonly dialogs: Dialogs;
  /** When a save on this tenant asks. */
  readonly policyOf: (tenant: TenantDomain) => ConfirmPolicy;
  /** See SaveParts. */
  readonly identityOf: (tenant: TenantDomain) => string;
  /** Is told of each user that was created without a draft. */
  readonly created: (tenant: TenantDomain, profile: UserProfile) => void;
}

export function createUserCommand(parts: CreateUserParts): Commands<'createUser'> {
  const { tenants, tree, signIn } = parts;
  return {
    createUser: async arg => {
      const tenant = await pickTenant(tenants, arg, tree);
      if (!tenant) return undefined;
      const renew = signIn.attempt(tenant, 'read');
      return isBody(arg)
        ? forCaller(tenant, () => createNow(parts, tenant, arg))
        : onTenant(tenant, () => withSignIn(renew, () => draft(parts, tenant)));
    },
  };
}

/** Replaces the tab of a draft by the document of the user that was created from it. */
export function openCreated({ drafts, opening }: Pick<Documents, 'drafts' | 'opening'>): vscode.Disposable {
  return drafts.onDidCreate(event => reported(openInstead(opening, event)));
}

async function openInstead(opening: UserDocuments, { tenant, profile, draft: uri }: CreatedEvent): Promise<void> {
  const viewColumn = tabOf(uri)?.group.viewColumn;
  await opening.open(ofUser(tenant, profile.id), { profile, viewColumn });
  // Looked up again: opening another editor may have replaced the tab's object.
  const tab = tabOf(uri);
  const who = inSentence(labelOf(profile), 60);
  if (tab?.isDirty) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('Created {0}, without what you typed meanwhile: the draft keeps it, for you to copy.', who),
    );
    return;
  }
  if (tab) await vscode.window.tabGroups.close(tab);
  showStatus(vscode.l10n.t('$(check) Created {0}.', who));
}

async function draft(
  { documents, tenants, access }: CreateUserParts,
  tenant: TenantDomain,
): Promise<vscode.Uri | undefined> {
  await checkAbility(access, tenant);
  const title = titleWith(tenants, tenant, vscode.l10n.t('Create User on {0}', tenant));
  const connection = await pickConnection(access, tenant, title);
  if (!connection) return undefined;
  const uri = documents.drafts.draft(tenant, connection.name, connection.strategy);
  const editor = await vscode.window.showTextDocument(uri, { preview: false });
  const field = /"(?:email|phone_number)": "/.exec(editor.document.getText());
  if (field) {
    const at = editor.document.positionAt(field.index + field[0].length);
    editor.selection = new vscode.Selection(at, at);
  }
  return uri;
}

/** Throws where nobody could save the draft. Menus hide the command then, but keys and callers can run it: they are told before anybody fills in a draft. */
async function checkAbility(access: TenantAccess, tenant: TenantDomain): Promise<void> {
  if (access.lockState(tenant) === 'readOnly') throw refusedByLock('POST', 'readOnly');
  const claims = access.knownClaims(tenant) ?? (await access.learnClaims(tenant));
  if (!abilitiesOf(claims?.scopes).canCreate) throw lackingScope('canCreate');
}

/** Asks for the connection. Without the scope `read:connections`, the user types its name. */
async function pickConnection(
  access: TenantAccess,
  tenant: TenantDomain,
  title: string,
): Promise<Pick<Connection, 'name' | 'strategy'> | undefined> {
  try {
    const connections = await (await access.client(tenant)).listConnections();
    const items = connections.map(connection => ({
      label: visibleText(connection.name, 80),
      description: connection.strategy,
      connection,
    }));
    return (
      await vscode.window.showQuickPick(items, { title, placeHolder: vscode.l10n.t('The connection of the new user') })
    )?.connection;
  } catch (error) {
    if (!ManagementError.is(error, 'forbidden') || isFromBetween(error)) throw error;
    const name = await vscode.window.showInputBox({
      title,
      prompt: vscode.l10n.t('The name of the new user’s connection (the token may not list them: read:connections)'),
      value: 'Username-Password-Authentication',
    });
    return name ? { name, strategy: 'auth0' } : undefined;
  }
}

async function createNow(
  { documents, access, dialogs, policyOf, identityOf, created }: CreateUserParts,
  tenant: TenantDomain,
  arg: Readonly<Record<string, unknown>>,
): Promise<vscode.Uri> {
  const { tenant: _, ...body } = arg;
  if (!isJson(body)) throw new CallerError(vscode.l10n.t('createUser: the argument holds a value that is not JSON.'));
  const checked = toCreateBody(JSON.stringify(body));
  if ('problems' in checked) {
    const [problem] = checked.problems;
    throw new CallerError(`createUser: ${problem ? problemWords(problem) : ''}`);
  }
  await checkAbility(access, tenant);
  const request = {
    tenant,
    body: checked.body,
    policy: () => policyOf(tenant),
    correlationId: wantedCorrelationId(),
  };
  // Nobody may be there to sign in or to unlock: the caller is told what is needed.
  const never = async () => false;
  const profile = await createUser(request, access, {
    about: () => identityOf(tenant),
    confirm: () => mayCreate(dialogs, tenant, checked.body),
    signIn: never,
    unlock: never,
  });
  if (!profile) throw new CallerError(vscode.l10n.t('createUser: cancelled. Nothing was sent.'));
  created(tenant, profile);
  return documents.opening.open(ofUser(tenant, profile.id), { profile });
}

/** False for a value that JSON.stringify would silently change, or leave out of an array. */
function isJson(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  if (isRecord(value)) return Object.values(value).every(member => member === undefined || isJson(member));
  return value === null || typeof value === 'string' || typeof value === 'boolean';
}

/** Automation passes the body of the POST; a menu passes a node of the tree or nothing. */
function isBody(arg: unknown): arg is Readonly<Record<string, unknown>> {
  return isRecord(arg) && !isTreeNode(arg) && 'connection' in arg;
}
