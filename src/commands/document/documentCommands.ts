// Commands on the document of a user: what a save would send, the server's side, the whole profile.

import * as vscode from 'vscode';
import type { Comparisons } from '../../documents/comparisons';
import type { Profiles } from '../../documents/files/profiles';
import type { Snapshots } from '../../documents/files/snapshots';
import type { UserFiles } from '../../documents/files/userFiles';
import type { OpenUser } from '../../documents/open/openUser';
import { untilShown } from '../../documents/open/userDocuments';
import { fromUri, SERVER_SCHEME, toUri, USER_SCHEME } from '../../documents/uris';
import { parseJson } from '../../json/parse';
import { isRecord } from '../../json/plain';
import { writeJson } from '../../json/write';
import type { ResourceId } from '../../management/resourceId';
import { type UserProfile, userPath } from '../../management/resources/users';
import { metadataOf, parseDocument, type UserMetadata } from '../../metadata/document';
import { hasChanges, planPatch } from '../../metadata/plan';
import type { Dialogs } from '../../shell/dialogs';
import { reportError } from '../../shell/report';
import type { RequestScope } from '../../shell/requestScope';
import type { TenantAccess } from '../../tenants/tenantAccess';
import { inSentence } from '../../text/visibleText';
import type { Commands } from '../commandTable';
import { namedUser } from '../pickTenant';
import { isTreeNode, type TenantList } from '../target';
import { curlCopier } from './copyAsCurl';

const { t } = vscode.l10n;

/** The request that saving would send, as far as can be told without asking the server. */
export interface PatchPreview {
  readonly method: 'PATCH';
  readonly url: string;
  /** JSON text: an object could not hold every number that it can. */
  readonly body: string;
}

export interface DocumentParts {
  readonly files: UserFiles;
  readonly comparisons: Comparisons;
  readonly snapshots: Snapshots;
  readonly profiles: Profiles;
  readonly tenants: TenantList;
  readonly access: TenantAccess;
  readonly dialogs: Dialogs;
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
  const { files, comparisons, snapshots, profiles, tenants, dialogs, requests } = parts;
  const on = (run: (user: OpenUser, document: vscode.TextDocument) => Promise<void>) => async (arg?: unknown) => {
    const uri = uriOf(arg);
    const user = uri && files.users.about(uri);
    const document = user?.document;
    if (!user || !document) {
      void vscode.window.showInformationMessage(t('Open a user first.'));
      return;
    }
    try {
      await run(user, document);
    } catch (error) {
      await reportError(error, user.identity.tenant);
    }
  };
  const copyAsCurl = curlCopier();
  const get = (identity: ResourceId) => look(files, requests, identity);
  /** What the server holds. A document without unsaved text shows it by then: old text would look like the user's changes. */
  const newest = async (user: OpenUser) => {
    const profile = await get(user.identity);
    if (!user.hasUnsavedText && files.replace(user, profile)) await untilShown(user);
    return metadataOf(profile.value);
  };
  return {
    previewPatch: arg => preview(parts, uriOf(arg)),
    showPatch: on(async (user, document) => {
      const request = await preview(parts, document.uri);
      if (!request) return noChanges(user);
      const { path } = toUri(user.identity, `PATCH ${user.label}`, SERVER_SCHEME);
      const uri = document.uri.with({ scheme: SERVER_SCHEME, path: path.replace(/json$/, 'http'), query: 'patch' });
      const { value } = parseJson(request.body);
      snapshots.set(uri, `${request.method} ${request.url}\n\n${value ? writeJson(value, 2) : ''}\n`);
      await vscode.window.showTextDocument(uri, { preview: true });
    }),
    copyAsCurl: on(async (user, document) => {
      const request = await preview(parts, document.uri);
      if (!request) return noChanges(user);
      await copyAsCurl(request);
    }),
    showChanges: on(async (user, document) => {
      const { base } = user.session;
      // What somebody else changed is no change of the user's: it must not look like one in the diff.
      const merged = user.hasUnsavedText ? await files.bringUpToDate(user, document) : undefined;
      const remote = merged ?? (await newest(user));
      user.session.approve(document.getText(), remote);
      await comparisons.show(user, remote, base);
    }),
    useTheirs: on(user => comparisons.useAll(user, 'theirs')),
    useMine: on(user => comparisons.useAll(user, 'mine')),
    choosePerPath: on(user => comparisons.choosePerPath(user)),
    reloadFromServer: on(async (user, document) => {
      if (user.hasUnsavedText && !(await confirmDiscard(dialogs, user))) return;
      const profile = await get(user.identity);
      files.replace(user, profile);
      comparisons.settle(user, metadataOf(profile.value));
      if (!user.hasUnsavedText) return;
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }),
    showProfile: async arg => {
      const named = await namedUser(tenants, arg);
      const identity = named === 'none' ? fromUri(uriOf(arg) ?? vscode.Uri.parse('none:')) : named;
      if (!identity) return;
      try {
        await profiles.show(identity);
      } catch (error) {
        await reportError(error, identity.tenant);
      }
    },
  };
}

async function look(files: UserFiles, requests: RequestScope, identity: ResourceId): Promise<UserProfile> {
  return (await requests.run(signal => files.users.look(identity, signal))).profile;
}

/** Undefined where nothing would be sent, or the text cannot be saved as it is. */
async function preview(
  { files, access, requests }: DocumentParts,
  uri: vscode.Uri | undefined,
): Promise<PatchPreview | undefined> {
  const identity = uri && fromUri(uri);
  const user = uri && files.users.about(uri);
  const { metadata } = parseDocument(user?.document?.getText() ?? '');
  if (!identity || !user || !metadata) return undefined;
  const base = await baseOf(user, () => look(files, requests, identity));
  const plan = planPatch(base, metadata, base);
  if (!hasChanges(plan)) return undefined;
  const { origin } = await access.tenant(identity.tenant);
  return { method: 'PATCH', url: `${origin}${userPath(identity.id)}`, body: writeJson(plan.body) };
}

/** Text that was restored, or whose last save got no answer, is compared with the server, as saving it would. */
async function baseOf({ session }: OpenUser, get: () => Promise<UserProfile>): Promise<UserMetadata> {
  if (session.base && !session.isUnproven) return session.base;
  const remote = metadataOf((await get()).value);
  if (session.isUnproven) session.learn(remote);
  return session.base ?? remote;
}

function noChanges(user: OpenUser): void {
  void vscode.window.showInformationMessage(
    t('Saving {0} would send nothing: no change, or none that can be saved.', inSentence(user.label, 60)),
  );
}

async function confirmDiscard(dialogs: Dialogs, user: OpenUser): Promise<boolean> {
  const discard = t('Discard and Reload');
  const answer = await dialogs.ask({
    severity: 'warning',
    message: t('Discard your unsaved changes to {0}?', inSentence(user.label, 60)),
    detail: t('The document will show what {0} holds now.', user.identity.tenant),
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
    throw new Error(t('The argument must be the Uri of a document, or none for the one in front.'));
  }
  const active = vscode.window.activeTextEditor?.document.uri;
  return active?.scheme === USER_SCHEME ? active : undefined;
}
