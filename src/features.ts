// Builds and connects everything beyond the view. Loaded with our first document or the first command.
import * as vscode from 'vscode';
import { documentCommands } from './commands/document/documentCommands';
import { offerCopies, saveCopyCommand } from './commands/document/saveCopyCommand';
import { diskTrouble } from './commands/history/diskTrouble';
import { historyCommands } from './commands/history/historyCommands';
import { HistoryDocuments } from './commands/history/historyDocuments';
import { recordSaves } from './commands/history/recordSaves';
import { editTenant } from './commands/tenants/editTenant';
import { exportTenants } from './commands/tenants/exportTenants';
import { importTenants } from './commands/tenants/importTenants';
import { lockCommands, unlocker } from './commands/tenants/lockCommands';
import { scopeCommands } from './commands/tenants/scopeCommands';
import { tenantCommands } from './commands/tenants/tenantCommands';
import { tenantMenu } from './commands/tenants/tenantMenu';
import { createUserCommand, openCreated } from './commands/users/createUserCommand';
import { openUserCommand } from './commands/users/openUserCommand';
import { viewCommands } from './commands/users/viewCommands';
import { startDocuments } from './documents/documents';
import { readonlyReasonOf } from './documents/open/openUser';
import { HISTORY_SCHEME, NEW_USER_SCHEME, PROFILE_SCHEME, SERVER_SCHEME, USER_SCHEME } from './documents/uris';
import { HistoryStore } from './history/historyStore';
import { Recorder } from './history/recorder';
import { Diagnostics } from './language/diagnostics';
import type { Guarded } from './language/guarded';
import { keepLanguage } from './language/keepLanguage';
import { ReadonlyLens } from './language/readonlyLens';
import { ReadonlyReason } from './language/readonlyReason';
import { TenantStatus } from './language/tenantStatus';
import { canWrite } from './management/auth/scopes';
import type { UserProfile } from './management/resources/users';
import type { TenantDomain } from './management/tenant';
import { stricter } from './saving/confirmPolicy';
import type { Command, Commands } from './shell/commandTable';
import type { Dialogs } from './shell/dialogs';
import { describeError } from './shell/errors';
import { reported } from './shell/report';
import type { RequestScope } from './shell/requestScope';
import { settings } from './shell/settings';
import { noteUnexpectedIn } from './shell/unexpected';
import type { TenantGuard } from './tenants/guard';
import { mayMove } from './tenants/moveTenant';
import type { OpenAccess } from './tenants/openAccess';
import type { TenantRecord } from './tenants/record';
import { Renewal } from './tenants/renewal';
import type { TenantAccess } from './tenants/tenantAccess';
import type { TenantStore } from './tenants/tenantStore';
import type { UsersTree } from './tree/usersTree';

export interface FeatureParts {
  readonly storage: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly requests: RequestScope;
  readonly openAccess: OpenAccess;
  readonly tenants: TenantStore;
  readonly guard: TenantGuard;
  readonly access: TenantAccess;
  readonly tree: UsersTree;
  readonly dialogs: Dialogs;
}

export interface Features extends vscode.Disposable {
  readonly fileSystems: Readonly<Record<typeof USER_SCHEME | typeof NEW_USER_SCHEME, vscode.FileSystemProvider>>;
  readonly contents: Readonly<
    Record<typeof SERVER_SCHEME | typeof PROFILE_SCHEME | typeof HISTORY_SCHEME, vscode.TextDocumentContentProvider>
  >;
  readonly commands: Commands<Exclude<Command, 'showLog'>>;
  /** See StoreOptions. */
  mayMove(from: TenantRecord, to: TenantRecord): Promise<boolean>;
}

export function startFeatures(parts: FeatureParts): Features {
  const { storage, log, requests, openAccess, tenants, guard, access, tree, dialogs } = parts;
  noteUnexpectedIn(log);
  const { checkOnFocus } = settings;
  const policyOf = (domain: TenantDomain) =>
    stricter(settings.confirmSave(), settings.confirmSaveIn(guard.profileOf(domain)?.environment ?? 'production'));
  const signIn = new Renewal(tenants, openAccess);
  const unlock = unlocker({ guard, access, dialogs });
  const identityOf = (domain: TenantDomain) => guard.identityOf(domain);
  const asking = { dialogs, signIn, policyOf, identityOf, unlock };
  const documents = startDocuments({ clients: access, requests, ...asking, checkOnFocus });
  const guarded: Guarded = {
    onDidChange: access.onDidChange,
    profileOf: domain => guard.profileOf(domain),
    stateOf: domain => guard.stateOf(domain),
    canWrite: domain => canWrite(access.knownClaims(domain)?.scopes),
    readonlyReasonOf: (domain, ability) => readonlyReasonOf(domain, access, ability),
  };
  const { updates, files, drafts, snapshots, profiles, watch, opening } = documents;
  const diagnostics = new Diagnostics();
  const historyFolder = vscode.Uri.joinPath(storage, 'history').fsPath;
  const store = new HistoryStore(historyFolder, settings.historyLimits);
  const recorder = new Recorder(store, settings.historyEnabled, diskTrouble(log, historyFolder));
  const diffs = new HistoryDocuments();

  const created = (tenant: TenantDomain, profile: UserProfile) => {
    tree.refreshUser(tenant, profile);
    guard.saved(tenant);
  };

  const lifetime = vscode.Disposable.from(
    documents,
    signIn,
    diagnostics,
    new ReadonlyReason(documents),
    new TenantStatus(guarded),
    new ReadonlyLens(guarded),
    diffs,
    keepLanguage([USER_SCHEME, NEW_USER_SCHEME, SERVER_SCHEME, PROFILE_SCHEME, HISTORY_SCHEME]),
    files.onDidSave(({ user, outcome }) => {
      if (outcome.kind !== 'saved') return;
      tree.refreshUser(user.identity.tenant, outcome.profile);
      guard.saved(user.identity.tenant);
    }),
    recordSaves(documents, recorder),
    files.onDidFail(({ user, error }) => {
      const { document } = user;
      if (document && error.path) {
        diagnostics.refuse(document, error.path, describeError(error, user.identity.tenant).message);
      }
    }),
    access.onDidChange(({ domain, what }) => {
      if (what === 'credentials' || what === 'scopes' || what === 'lock' || what === 'profile')
        updates.permissionsChanged(domain);
      // So that what another token may do counts at once, and not from its first use on, which says what is wrong with it.
      if (what === 'credentials') access.learnClaims(domain).catch(() => undefined);
    }),
    tree.onDidRefresh(() => reported(watch.checkAll())),
    drafts.onDidCreate(({ tenant, profile }) => created(tenant, profile)),
    openCreated(documents),
    offerCopies(documents),
  );
  return {
    fileSystems: { [USER_SCHEME]: files, [NEW_USER_SCHEME]: drafts },
    contents: { [SERVER_SCHEME]: snapshots, [PROFILE_SCHEME]: profiles, [HISTORY_SCHEME]: diffs },
    commands: {
      ...tenantCommands(tenants, openAccess, tree, dialogs, domain => store.clear(domain)),
      ...scopeCommands(tenants, access, tree),
      ...lockCommands({ tenants, guard, tree, unlock }),
      editTenant: arg => editTenant({ tenants, guard, dialogs, tree }, arg),
      exportTenants: () => exportTenants(tenants),
      importTenants: () => importTenants(tenants, tree),
      tenantMenu: arg => tenantMenu({ tenants, guard, access, tree }, arg),
      ...viewCommands(tree, tenants),
      ...openUserCommand(opening, tenants, access, tree, signIn),
      ...createUserCommand({ documents, tenants, access, tree, signIn, dialogs, policyOf, identityOf, created }),
      ...historyCommands({ store, recorder, diffs, documents, tenants, access, tree, dialogs, signIn, requests }),
      ...saveCopyCommand(),
      cancelWaiting: async () => requests.cancelWaiting(),
      ...documentCommands({ documents, tenants, access, dialogs, signIn, requests }),
    },
    mayMove: (from, to) => mayMove(dialogs, from, to),
    dispose: () => lifetime.dispose(),
  };
}
