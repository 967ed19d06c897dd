// `npm start`: the sandbox, and VS Code with the extension connected to it, until Ctrl+C.
// --no-open only prints the address; --port N chooses it.
import { once } from 'node:events';
import { createServer } from 'node:net';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { fetchCodeServer, MINIMUM_VERSION } from './codeServer';
import { installCompanion, type TenantAccess } from './companion/install';
import { findDesktop, openDesktop } from './desktop';
import { openUrl } from './openUrl';
import { vsixPath } from './paths';
import { startSandboxProcess } from './sandboxProcess';
import { installExtension, WorkbenchServer } from './server';
import { runMain, SetupError } from './setupError';
import { createThrowawayFolder } from './throwaway';
import { packageExtension } from './vsix';

interface Options {
  /** 0: any that is free. */
  readonly port: number;
  readonly open: boolean;
}

/** Only what a first look needs; all else is VS Code's default. */
const SETTINGS = { 'workbench.startupEditor': 'none', 'telemetry.telemetryLevel': 'off' };

runMain(async () => {
  const options = readOptions();
  process.once('SIGINT', () => process.exit(0));
  await checkPort(options.port);
  const profile = createThrowawayFolder('start');
  const { tree: sandbox, tenant } = await startSandboxProcess();
  console.log(`The sandbox, an Auth0 tenant with sample users, listens on ${tenant.url}`);
  sandbox.onExit(() => fail('The sandbox has ended.'));

  const desktop = findDesktop();
  if (desktop !== undefined && (await startDesktop(desktop, profile.path, tenant))) return;
  await startInBrowser(profile.path, tenant, options);
});

function readOptions(): Options {
  try {
    const { values } = parseArgs({ options: { port: { type: 'string' }, 'no-open': { type: 'boolean' } } });
    const port = Number(values.port ?? 0);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('--port is a number from 0 to 65535.');
    return { port, open: values['no-open'] !== true };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SetupError(`${reason}\nUsage: npm start -- [--port N] [--no-open]`);
  }
}

/** The server itself waits in silence for a port that is taken. */
async function checkPort(port: number): Promise<void> {
  const probe = createServer().listen(port, '127.0.0.1');
  try {
    await once(probe, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error;
    throw new SetupError(`Port ${port} cannot be used (${code}): choose another with --port.`);
  }
  probe.close();
  await once(probe, 'close');
}

async function startDesktop(executable: string, profile: string, tenant: TenantAccess): Promise<boolean> {
  const companion = installCompanion(path.join(profile, 'companion'), tenant);
  console.log('Opening the desktop VS Code. Ctrl+C ends it and the sandbox.');
  const opened = await openDesktop(executable, profile, companion, SETTINGS);
  if (!opened) console.log('It did not open a window, so VS Code will be shown in the browser.');
  return opened;
}

async function startInBrowser(profile: string, tenant: TenantAccess, { port, open }: Options): Promise<void> {
  const codeServer = await fetchCodeServer(MINIMUM_VERSION);
  console.log('Packaging the extension (some five seconds)…');
  await packageExtension();
  const extensionsFolder = path.join(profile, 'extensions');
  installCompanion(extensionsFolder, tenant);
  await installExtension(codeServer, vsixPath, extensionsFolder);
  const dataFolder = path.join(profile, 'data');
  const server = await WorkbenchServer.start(codeServer, { dataFolder, extensionsFolder, port, settings: SETTINGS });
  server.onExit(() => fail('VS Code has ended.'));
  console.log(`\n    VS Code with the sample tenant:  ${server.url}\n\nCtrl+C ends it.`);
  if (open) openUrl(server.url, profile);
}

function fail(reason: string): void {
  console.error(reason);
  process.exit(1);
}
