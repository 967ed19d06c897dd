// Create User…: a draft to fill in and save, or one POST by automation.

import * as vscode from 'vscode';
import type { NewUserFiles } from '../../documents/files/newUserFiles';
import { labelOf } from '../../documents/labels';
import type { UserDocuments } from '../../documents/open/userDocuments';
import { problemWords } from '../../documents/problemWords';
import { isRecord } from '../../json/plain';
import { isFromBetween, ManagementError } from '../../management/errors';
import { ofUser } from '../../management/resourceId';
import type { Connection } from '../../management/resources/users';
import type { TenantDomain } from '../../management/tenant';
import { toCreateBody } from '../../metadata/newUser';
import { reportError } from '../../shell/report';
import type { TenantAccess } from '../../tenants/tenantAccess';
import { inSentence, visibleText } from '../../text/visibleText';
import type { UsersTree } from '../../tree/usersTree';
import type { Commands } from '../commandTable';
import { focusedTenant, pickTenant } from '../pickTenant';
import { isTreeNode, type TenantList, toTarget } from '../target';

const { t } = vscode.l10n;

export function createUserCommand(
  drafts: NewUserFiles,
  documents: UserDocuments,
  tenants: TenantList,
  access: TenantAccess,
  tree: UsersTree,
): Commands<'createUser'> {
  return {
    createUser: async arg => {
      const tenant = await pickTenant(tenants, toTarget(arg, tenants).tenant, focusedTenant(tree, arg));
      if (!tenant) return undefined;
      if (isBody(arg)) return createNow(documents, access, tenant, arg);
      return draft(drafts, access, tenant);
    },
  };
}

/** The draft's tab gives way to the document of the user that it has become. */
export function openCreated(drafts: NewUserFiles, documents: UserDocuments): vscode.Disposable {
  return drafts.onDidCreate(async ({ tenant, profile, draft: uri }) => {
    const viewColumn = draftTab(uri)?.group.viewColumn;
    await documents.open(ofUser(tenant, profile.id), { profile, viewColumn });
    // Looked up again: opening another editor may have replaced the tab's object.
    const tab = draftTab(uri);
    if (tab) await vscode.window.tabGroups.close(tab);
    vscode.window.setStatusBarMessage(t('$(check) Created {0}.', inSentence(labelOf(profile), 60)), 8_000);
  });
}

function draftTab(uri: vscode.Uri): vscode.Tab | undefined {
  return vscode.window.tabGroups.all
    .flatMap(group => group.tabs)
    .find(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
}

async function draft(
  drafts: NewUserFiles,
  access: TenantAccess,
  tenant: TenantDomain,
): Promise<vscode.Uri | undefined> {
  const connection = await pickConnection(access, tenant);
  if (!connection) return undefined;
  const uri = drafts.draft(tenant, connection.name, connection.strategy);
  const editor = await vscode.window.showTextDocument(uri, { preview: false });
  const field = /"(?:email|phone_number)": "/.exec(editor.document.getText());
  if (field) {
    const at = editor.document.positionAt(field.index + field[0].length);
    editor.selection = new vscode.Selection(at, at);
  }
  return uri;
}

/** Without `read:connections` the name is typed. */
async function pickConnection(
  access: TenantAccess,
  tenant: TenantDomain,
): Promise<Pick<Connection, 'name' | 'strategy'> | undefined> {
  const title = t('Create User on {0}', tenant);
  try {
    const connections = await (await access.client(tenant)).listConnections();
    const items = connections.map(connection => ({
      label: visibleText(connection.name, 80),
      description: connection.strategy,
      connection,
    }));
    return (await vscode.window.showQuickPick(items, { title, placeHolder: t('The connection of the new user') }))
      ?.connection;
  } catch (error) {
    if (!ManagementError.is(error, 'forbidden') || isFromBetween(error)) {
      await reportError(error, tenant);
      return undefined;
    }
    const name = await vscode.window.showInputBox({
      title,
      prompt: t('The name of the new user’s connection (the token may not list them: read:connections)'),
      value: 'Username-Password-Authentication',
    });
    return name ? { name, strategy: 'auth0' } : undefined;
  }
}

async function createNow(
  documents: UserDocuments,
  access: TenantAccess,
  tenant: TenantDomain,
  arg: Readonly<Record<string, unknown>>,
): Promise<vscode.Uri> {
  const { tenant: _, ...body } = arg;
  if (!isJson(body)) throw new Error(t('createUser: the argument holds a value that is not JSON.'));
  const checked = toCreateBody(JSON.stringify(body));
  if ('problems' in checked) {
    const [problem] = checked.problems;
    throw new Error(`createUser: ${problem ? problemWords(problem) : ''}`);
  }
  const profile = await (await access.client(tenant)).createUser(checked.body);
  return documents.open(ofUser(tenant, profile.id), { profile });
}

/** What JSON.stringify would quietly make another value of, or leave out of an array, is none. */
function isJson(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  if (isRecord(value)) return Object.values(value).every(member => member === undefined || isJson(member));
  return value === null || typeof value === 'string' || typeof value === 'boolean';
}

/** Automation passes the body of the POST; a menu passes a node of the tree or nothing. */
function isBody(arg: unknown): arg is Readonly<Record<string, unknown>> {
  return typeof arg === 'object' && arg !== null && !isTreeNode(arg) && 'connection' in arg;
}
