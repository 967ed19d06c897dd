// Opens VS Code, with the packaged extension installed in a fresh profile, in a browser.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { it } from 'node:test';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../workbench/browser';
import { fetchCodeServer, MINIMUM_VERSION } from '../workbench/codeServer';
import { installCompanion, type TenantAccess } from '../workbench/companion/install';
import { installLanguage } from '../workbench/languagePack';
import { vsixPath } from '../workbench/paths';
import { installExtension, WorkbenchServer } from '../workbench/server';
import { SetupError } from '../workbench/setupError';
import { createThrowawayFolder } from '../workbench/throwaway';
import { Workbench } from './workbench';

export interface WorkbenchOptions {
  /** Connected before the workbench is handed over; a sandbox as `startSandbox` gives it. Default: no tenant. */
  readonly tenant?: TenantAccess;
  /** User settings over VS Code's own defaults, auto save included. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The user's own keys, for commands with arguments. */
  readonly keybindings?: readonly Keybinding[];
  /** Added to the environment of the server, and so of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** See ServerOptions. */
  readonly extraAuthority?: string;
  /** Of the interface, as far as extensions speak it. Default: English. */
  readonly language?: string;
}

export interface Keybinding {
  /** As in keybindings.json: `ctrl+alt+1`. */
  readonly key: string;
  readonly command: string;
  readonly args: unknown;
}

const VIEWPORT = { width: 1440, height: 900 };
const PAGE_TIMEOUT_MS = 60_000;
const SCENARIO_TIMEOUT_MS = 300_000;

const open = new Set<Workbench>();

/** Takes about four seconds; one a test file is meant. Close it in `after`. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  if (!existsSync(vsixPath)) throw new SetupError('There is no package to test: run `npm run package` first.');
  const profile = createThrowawayFolder('ui');
  const server = await startServer(profile.path, options);
  const browser = await launchBrowser();
  const context = await browser.newContext({ viewport: VIEWPORT, permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  const workbench = new Workbench(page, async () => {
    open.delete(workbench);
    await browser.close();
    await server.stop();
    profile.remove();
  });
  open.add(workbench);
  await show(page, server.url, workbench, options.tenant);
  return workbench;
}

/** A test of node:test that leaves a picture behind when it fails. */
export function scenario(title: string, run: () => Promise<void>): void {
  it(title, { timeout: SCENARIO_TIMEOUT_MS }, async () => {
    try {
      await run();
    } catch (error) {
      for (const workbench of open) await workbench.screenshot(`failed ${title.replaceAll(/[^\w ]/g, '')}`);
      throw error;
    }
  });
}

async function startServer(profile: string, options: WorkbenchOptions): Promise<WorkbenchServer> {
  const { tenant, settings, keybindings = [], env = {}, extraAuthority, language } = options;
  const codeServer = await fetchCodeServer(process.env.VSCODE_VERSION ?? MINIMUM_VERSION);
  const extensionsFolder = path.join(profile, 'extensions');
  if (tenant) installCompanion(extensionsFolder, tenant);
  await installExtension(codeServer, vsixPath, extensionsFolder);
  const dataFolder = path.join(profile, 'data');
  const user = path.join(dataFolder, 'data', 'User');
  mkdirSync(user, { recursive: true });
  writeFileSync(path.join(user, 'keybindings.json'), JSON.stringify(keybindings));
  return WorkbenchServer.start(codeServer, {
    dataFolder,
    extensionsFolder,
    // Else *Add Tenant…* would offer what Auth0's CLI has in the home of whoever runs the tests.
    env: { HOME: profile, ...env },
    ...(extraAuthority === undefined ? {} : { extraAuthority }),
    flags: language ? installLanguage(dataFolder, language) : [],
    settings: { 'workbench.startupEditor': 'none', ...settings },
  });
}

async function show(page: Page, url: string, workbench: Workbench, tenant: TenantAccess | undefined): Promise<void> {
  page.setDefaultTimeout(PAGE_TIMEOUT_MS);
  await page.goto(url);
  await workbench.waitUntilRestored();
  if (tenant) await workbench.users.row(tenant.domain).waitFor();
}
