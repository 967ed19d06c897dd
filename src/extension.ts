// Builds and connects what VS Code needs at startup: the view, the tenants, and what loads the rest on first use.
import * as vscode from 'vscode';
import { EDITED_SCHEMES, HISTORY_SCHEME, isEdited, PROFILE_SCHEME, SERVER_SCHEME } from './documents/uris';
import { registerCommand } from './shell/commands';
import { commandNames } from './shell/commandTable';
import { type Dialogs, modalDialogs, namingTenants } from './shell/dialogs';
import { loadPart } from './shell/loading';
import { createLog, observeRequests } from './shell/log';
import { once } from './shell/once';
import { registerContents, registerFileSystem } from './shell/onDemand';
import { reported } from './shell/report';
import { RequestScope } from './shell/requestScope';
import { onDidChangeEnvironmentSettings, onDidChangeProxySettings, settings } from './shell/settings';
import { noteUnexpectedIn } from './shell/unexpected';
import { TenantDecorations } from './tenants/decorations';
import { TenantGuard } from './tenants/guard';
import type { OpenAccess } from './tenants/openAccess';
import { SampleTenant } from './tenants/sample';
import { TenantAccess } from './tenants/tenantAccess';
import { TenantStore } from './tenants/tenantStore';
import { UsersTree } from './tree/usersTree';

const CONTENT_SCHEMES = [SERVER_SCHEME, PROFILE_SCHEME, HISTORY_SCHEME] as const;

/** Lets extension tests answer dialogs: VS Code refuses to show modals in tests. */
export interface TestApi {
  dialogs: Dialogs;
}

export function activate(context: vscode.ExtensionContext): TestApi | undefined {
  const test: TestApi = { dialogs: modalDialogs };
  const dialogs = namingTenants({ ask: question => test.dialogs.ask(question) }, (...tenant) =>
    guard.withTenant(...tenant),
  );
  const log = createLog();
  noteUnexpectedIn(log);
  const requests = new RequestScope();
  const network = once(async () => {
    const { openNetwork } = await loadPart(() => import('./tenants/network'));
    const opened = openNetwork({
      proxy: settings.proxy,
      observe: tenant => observeRequests(log, requests, tenant),
      access: { timeoutMs: settings.requestTimeoutMs, reserve: settings.rateReserve },
      tenants,
      tokens: access,
    });
    requests.showIn(opened.waits);
    context.subscriptions.push(
      opened,
      onDidChangeProxySettings(() => opened.settingsChanged()),
    );
    return opened;
  });
  const openAccess: OpenAccess = async (...tenant) => (await network()).openAccess(...tenant);
  const sample = new SampleTenant();
  const { globalState: state, secrets } = context;
  const tenants = new TenantStore({
    state,
    secrets,
    sample,
    mayMove: async (from, to) => (await features()).mayMove(from, to),
  });
  const guard = new TenantGuard({ store: tenants, isLocked: settings.isLocked, relockMs: settings.relockMs });
  const access = new TenantAccess({ store: tenants, openAccess, sample, guard });
  const tree = new UsersTree(tenants, access, requests);
  const features = once(async () => {
    const { startFeatures } = await loadPart(() => import('./features'));
    const storage = context.globalStorageUri;
    const started = startFeatures({ storage, log, requests, openAccess, tenants, guard, access, tree, dialogs });
    context.subscriptions.push(started);
    return started;
  });

  context.subscriptions.push(
    log,
    requests,
    sample,
    tenants,
    guard,
    access,
    new TenantDecorations({ profileOf: domain => guard.profileOf(domain), onDidChange: access.onDidChange }),
    tree,
    onDidChangeEnvironmentSettings(() => guard.settingsChanged()),
    ...EDITED_SCHEMES.map(scheme => registerFileSystem(scheme, async () => (await features()).fileSystems[scheme])),
    ...CONTENT_SCHEMES.map(scheme => registerContents(scheme, async () => (await features()).contents[scheme])),
    ...commandNames().map(name =>
      registerCommand(name, async arg => (name === 'showLog' ? log.show() : (await features()).commands[name](arg))),
    ),
    vscode.workspace.onDidOpenTextDocument(startIfOurs),
  );
  // VS Code restores a document with unsaved changes without reading its file.
  vscode.workspace.textDocuments.forEach(startIfOurs);
  return context.extensionMode === vscode.ExtensionMode.Test ? test : undefined;

  function startIfOurs({ uri }: vscode.TextDocument): void {
    if (isEdited(uri)) reported(features());
  }
}
