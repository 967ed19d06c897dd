// Builds the objects, connects them by events, registers. Nothing else.
import * as vscode from 'vscode';
import { registerCreateUser } from './commands/createUserCommand';
import { registerDocumentCommands } from './commands/documentCommands';
import { registerHistoryCommands } from './commands/historyCommands';
import { registerOpenUser } from './commands/openUserCommand';
import { registerTenantCommands } from './commands/tenantCommands';
import { registerTreeCommands } from './commands/treeCommands';
import { Comparisons } from './editor/comparisons';
import { Diagnostics } from './editor/diagnostics';
import { NewUserFiles } from './editor/newUserFiles';
import { keepLanguage, UserDocuments } from './editor/openDocument';
import { Profiles } from './editor/profiles';
import { ReadonlyReason } from './editor/readonlyReason';
import { RemoteWatch } from './editor/remoteWatch';
import { reportSaves } from './editor/saveReport';
import { Snapshots } from './editor/snapshots';
import { UserFiles } from './editor/userFiles';
import { NEW_USER_SCHEME, PROFILE_SCHEME, SERVER_SCHEME, USER_SCHEME } from './editor/userUri';
import { HISTORY_SCHEME, HistoryDocuments } from './history/historyDocuments';
import { HistoryStore } from './history/historyStore';
import { Recorder } from './history/recorder';
import { createTransport } from './management/switchingTransport';
import { describeError } from './shell/describeError';
import { type Dialogs, modalDialogs } from './shell/dialogs';
import { createLog, observeRequests } from './shell/log';
import { RequestScope } from './shell/requestScope';
import { onDidChangeProxySettings, settings } from './shell/settings';
import { connectThrough } from './tenants/connect';
import { TenantRegistry } from './tenants/registry';
import { SampleTenant } from './tenants/sample';
import { UsersTree } from './tree/usersTree';

/** What extension tests get instead of modals, which VS Code refuses to show them. */
export interface TestApi {
  dialogs: Dialogs;
}

export function activate(context: vscode.ExtensionContext): TestApi | undefined {
  const test: TestApi = { dialogs: modalDialogs };
  const dialogs: Dialogs = { ask: question => test.dialogs.ask(question) };
  const log = createLog();
  const requests = new RequestScope();
  const transport = createTransport({ settings: settings.proxy });
  const connect = connectThrough(
    transport,
    observeRequests(log, delayMs => requests.waiting(delayMs)),
    settings.requestTimeoutMs,
  );
  const sample = new SampleTenant();
  const registry = new TenantRegistry({ state: context.globalState, secrets: context.secrets, connect, sample });
  const tree = new UsersTree(registry, requests);
  const files = new UserFiles(registry, dialogs, requests);
  const drafts = new NewUserFiles(registry, requests);
  const snapshots = new Snapshots();
  const comparisons = new Comparisons(snapshots);
  const profiles = new Profiles(registry, requests);
  const documents = new UserDocuments(files, registry, requests);
  const diagnostics = new Diagnostics();
  const watch = new RemoteWatch(files, registry, comparisons, settings.checkOnFocus);
  const historyFolder = vscode.Uri.joinPath(context.globalStorageUri, 'history').fsPath;
  const store = new HistoryStore(historyFolder, settings.historyLimits);
  const recorder = new Recorder(store, settings.historyEnabled, error => log.warn(`history: ${String(error)}`));
  const diffs = new HistoryDocuments();

  context.subscriptions.push(
    log,
    requests,
    { dispose: () => void transport.close() },
    onDidChangeProxySettings(() => transport.settingsChanged()),
    sample,
    registry,
    tree,
    files,
    drafts,
    snapshots,
    profiles,
    diagnostics,
    watch,
    new ReadonlyReason(files),
    diffs,
    keepLanguage([USER_SCHEME, NEW_USER_SCHEME, SERVER_SCHEME, PROFILE_SCHEME, HISTORY_SCHEME]),
    reportSaves(files, comparisons),
    files.onDidSave(({ user, outcome }) => {
      if (outcome.kind !== 'saved') return;
      const { plan, before, now, profile } = outcome;
      tree.refreshUser(user.identity.tenant, user.identity.userId, profile);
      recorder.record({ ...user.identity, label: user.label, before, body: plan.body, after: now });
    }),
    files.onDidFail(({ user, error }) => {
      const { document } = user;
      if (document && error.path) {
        diagnostics.refuse(document, error.path, describeError(error, user.identity.tenant).message);
      }
    }),
    registry.onDidChange(({ domain, what }) => {
      if (what === 'credentials' || what === 'scopes') files.permissionsChanged(domain);
    }),
    tree.onDidRefresh(() => void watch.checkAll()),
    drafts.onDidCreate(({ tenant, profile }) => tree.refreshUser(tenant, profile.id, profile)),
    registerTenantCommands(registry, connect, dialogs, domain => store.clear(domain)),
    registerTreeCommands(tree, registry),
    registerOpenUser(documents, registry, tree),
    registerCreateUser(drafts, documents, registry, tree),
    registerHistoryCommands({ store, recorder, diffs, files, documents, registry, tree, dialogs }),
    registerDocumentCommands({ files, comparisons, profiles, registry, dialogs }),
    vscode.commands.registerCommand('auth0Metadata.showLog', () => log.show()),
  );
  return context.extensionMode === vscode.ExtensionMode.Test ? test : undefined;
}
