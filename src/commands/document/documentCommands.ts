// Commands on a user's document: show what a save would send, compare with the server, show the whole profile.

import * as vscode from 'vscode';
import { activeUri } from '../../documents/activeDocument';
import type { Documents } from '../../documents/documents';
import type { OpenUser } from '../../documents/open/openUser';
import { untilShown } from '../../documents/open/userDocuments';
import { parsed } from '../../documents/parsed';
import { fromUri, SERVER_SCHEME, toUri, USER_SCHEME } from '../../documents/uris';
import { parseJson } from '../../json/parse';
import { isRecord } from '../../json/plain';
import { writeJson } from '../../json/write';
import type { ResourceId } from '../../management/resourceId';
import type { UserProfile } from '../../management/resources/users';
import { metadataOf } from '../../metadata/document';
import { type PatchRequest, requestOf } from '../../saving/requestOf';
import { type SignIn, withSignIn } from '../../saving/signIn';
import type { Commands } from '../../shell/commandTable';
import type { Dialogs } from '../../shell/dialogs';
import { CallerError, forCaller, onTenant } from '../../shell/report';
import type { RequestScope } from '../../shell/requestScope';
import type { TenantAccess } from '../../tenants/tenantAccess';
import { inSentence } from '../../text/visibleText';
import { namedUser } from '../pickTenant';
import { isTreeNode, type TenantList } from '../target';
import { curlCopier } from './copyAsCurl';

export interface DocumentParts {
  readonly documents: Documents;
  readonly tenants: TenantList;
  readonly access: TenantAccess;
  readonly dialogs: Dialogs;
  readonly signIn: SignIn;
  readonly requests: RequestScope;
}

type DocumentCommand =
  | 'previewPatch'
  | 'showPatch'
  | 'copyAsCurl'
  | 'showChanges'
  | 'useTheirs'
  | 'useMine'
  | 'choosePerPath'
  | 'reloadFromServer'
  | 'showProfile';

export function documentCommands(parts: DocumentParts): Commands<DocumentCommand> {
  const { documents, tenants, dialogs, signIn } = parts;
  const { users, updates, comparisons, snapshots, profiles } = documents;
  const on = (run: (user: OpenUser, document: vscode.TextDocument) => Promise<void>) => async (arg?: unknown) => {
    const uri = uriOf(arg);
    const user = uri && users.about(uri);
    const document = user?.document;
    if (user && document) await onTenant(user.identity.tenant, () => run(user, document));
    else void vscode.window.showInformationMessage(vscode.l10n.t('Open a user first.'));
  };
  const asking = <T>({ tenant }: ResourceId, task: () => Promise<T>) =>
    withSignIn(signIn.attempt(tenant, 'read'), task);
  const previewed = (user: OpenUser) => asking(user.identity, () => preview(parts, user));
  const copyAsCurl = curlCopier();
  /** What the server holds. A clean document is reloaded first: its old text would look like the user's changes. */
  const newest = async (user: OpenUser) => {
    const profile = await look(parts, user.identity);
    if (!user.hasUnsavedText && updates.replace(user, profile)) await untilShown(user);
    return metadataOf(profile.value);
  };
  return {
    previewPatch: async arg => {
      const uri = uriOf(arg);
      const user = uri && users.about(uri);
      return user && forCaller(user.identity.tenant, () => preview(parts, user));
    },
    showPatch: on(async user => {
      const request = await previewed(user);
      if (!request) return noChanges(user);
      const { path } = toUri(user.identity, `PATCH ${user.label}`, SERVER_SCHEME);
      const uri = user.uri.with({ scheme: SERVER_SCHEME, path: path.replace(/json$/, 'http'), query: 'patch' });
      const { value } = parseJson(request.body);
      snapshots.set(uri, `${request.method} ${request.url}\n\n${value ? writeJson(value, 2) : ''}\n`);
      await vscode.window.showTextDocument(uri, { preview: true });
    }),
    copyAsCurl: on(async user => {
      const request = await previewed(user);
      if (!request) return noChanges(user);
      await copyAsCurl(request);
    }),
    showChanges: on(async (user, document) => {
      const { base } = user.session;
      const remote = await asking(user.identity, async () => {
        // Other people's changes are merged first: in the diff, they must not look like the user's.
        const merged = user.hasUnsavedText ? await updates.bringUpToDate(user, document) : undefined;
        return merged ?? newest(user);
      });
      user.session.approve(document.getText(), remote);
      await comparisons.show(user, remote, base);
    }),
    useTheirs: on(user => comparisons.useAll(user, 'theirs')),
    useMine: on(user => comparisons.useAll(user, 'mine')),
    choosePerPath: on(user => comparisons.choosePerPath(user)),
    reloadFromServer: on(async (user, document) => {
      if (user.hasUnsavedText && !(await confirmDiscard(dialogs, user))) return;
      const profile = await asking(user.identity, () => look(parts, user.identity));
      updates.replace(user, profile);
      comparisons.settle(user, metadataOf(profile.value));
      if (!user.hasUnsavedText) return;
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }),
    showProfile: async arg => {
      const named = await namedUser(tenants, arg);
      const uri = named === 'none' ? uriOf(arg) : undefined;
      const identity = named === 'none' ? uri && fromUri(uri) : named;
      if (identity) await onTenant(identity.tenant, () => asking(identity, () => profiles.show(identity)));
    },
  };
}

async function look({ documents, requests }: DocumentParts, identity: ResourceId): Promise<UserProfile> {
  return (await requests.run(signal => documents.users.look(identity, signal))).profile;
}

/** What a save would send. Undefined if that is nothing, or if the text cannot be saved as it is. */
async function preview(parts: DocumentParts, user: OpenUser): Promise<PatchRequest | undefined> {
  const { identity, session, document } = user;
  const edited = document && parsed(document).exact.metadata;
  return (
    edited &&
    requestOf(session, identity, edited, {
      look: () => look(parts, identity),
      origin: async () => (await parts.access.tenant(identity.tenant)).origin,
    })
  );
}

function noChanges(user: OpenUser): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Saving {0} would send nothing: no change, or none that can be saved.', inSentence(user.label, 60)),
  );
}

async function confirmDiscard(dialogs: Dialogs, user: OpenUser): Promise<boolean> {
  const discard = vscode.l10n.t('Discard and Reload');
  const answer = await dialogs.ask({
    tenant: user.identity.tenant,
    severity: 'warning',
    message: vscode.l10n.t('Discard your unsaved changes to {0}?', inSentence(user.label, 60)),
    detail: vscode.l10n.t('The document will show what {0} holds now.', user.identity.tenant),
    buttons: [discard],
  });
  return answer === discard;
}

/** The document that a command is about: the one it was called with, else the one in front. */
function uriOf(arg: unknown): vscode.Uri | undefined {
  if (arg instanceof vscode.Uri) return arg;
  if (typeof arg === 'string') return vscode.Uri.parse(arg);
  if (isRecord(arg) && typeof arg.scheme === 'string' && typeof arg.path === 'string') {
    const { scheme, path, authority } = arg;
    return vscode.Uri.from({ scheme, path, ...(typeof authority === 'string' ? { authority } : {}) });
  }
  if (arg !== undefined && arg !== null && !isTreeNode(arg)) {
    throw new CallerError(vscode.l10n.t('The argument must be the Uri of a document, or none for the one in front.'));
  }
  return activeUri(USER_SCHEME);
}
