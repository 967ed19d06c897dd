// A running VS Code server, with profile and extensions of its own.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { CodeServer } from './codeServer';
import { outRoot, PRIVATE_FILE, PRIVATE_FOLDER } from './paths';
import { ProcessTree } from './processTree';
import { SetupError } from './setupError';

export interface ServerOptions {
  /** Profile, state, logs; made if missing. A fresh folder is a fresh profile. */
  readonly dataFolder: string;
  /** Installed extensions; made if missing. */
  readonly extensionsFolder: string;
  /** Default: a free one. */
  readonly port?: number;
  /** User settings, over VS Code's defaults. Default: none. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Added to the environment of the server, and so of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** The certificate of an authority (PEM) that Node is to believe, as NODE_EXTRA_CA_CERTS. */
  readonly extraAuthority?: string;
  readonly flags?: readonly string[];
}

const START_TIMEOUT_MS = 180_000;

export class WorkbenchServer {
  readonly port: number;
  /** Who knows it can do whatever the user of this process can. */
  readonly token: string;
  readonly #tree: ProcessTree;

  private constructor(tree: ProcessTree, port: number, token: string) {
    this.#tree = tree;
    this.port = port;
    this.token = token;
  }

  /** With the token; VS Code then keeps it in a cookie. */
  get url(): string {
    return `http://127.0.0.1:${this.port}/?tkn=${this.token}`;
  }

  /** @throws SetupError when the server ends, or says nothing for three minutes, instead of listening */
  static async start(codeServer: CodeServer, options: ServerOptions): Promise<WorkbenchServer> {
    writeSettings(options);
    const logFile = path.join(options.dataFolder, 'server.log');
    const log = openSync(logFile, 'w', PRIVATE_FILE);
    const token = randomBytes(32).toString('base64url');
    // In a file: everybody on the machine can read the arguments of a process.
    const tokenFile = path.join(options.dataFolder, 'connection-token');
    writeFileSync(tokenFile, token, { mode: PRIVATE_FILE });
    const authorityFile = path.join(options.dataFolder, 'extra-authority.pem');
    if (options.extraAuthority !== undefined) writeFileSync(authorityFile, options.extraAuthority);
    const authority = options.extraAuthority === undefined ? {} : { NODE_EXTRA_CA_CERTS: authorityFile };
    const args = [
      ...['--require', path.join(outRoot, 'test', 'workbench', 'serverPreload.js')],
      codeServer.serverMain,
      ...['--host', '127.0.0.1', '--port', String(options.port ?? 0), '--connection-token-file', tokenFile],
      ...['--accept-server-license-terms', '--telemetry-level', 'off', '--disable-workspace-trust'],
      // Else a login shell would be asked for the environment: slow, and not what the caller passed.
      '--force-disable-user-env',
      ...profileFlags(options.dataFolder, options.extensionsFolder),
      ...(options.flags ?? []),
    ];
    const tree = ProcessTree.spawn(codeServer.node, args, {
      env: { ...serverEnv(options.dataFolder), ...authority, ...options.env },
      stdio: ['ignore', log, log],
    });
    try {
      return new WorkbenchServer(tree, await listeningPort(tree, logFile), token);
    } catch (error) {
      await tree.stop();
      throw error;
    }
  }

  /** Calls back when the server ends by itself. */
  onExit(listener: () => void): void {
    this.#tree.onExit(listener);
  }

  async stop(): Promise<void> {
    await this.#tree.stop();
  }
}

/** Installs a VSIX into an extensions folder, as "Install from VSIX…" does. */
export async function installExtension(codeServer: CodeServer, vsix: string, extensionsFolder: string): Promise<void> {
  const dataFolder = `${extensionsFolder}-installer`;
  const args = [codeServer.serverMain, '--install-extension', vsix, '--force', '--accept-server-license-terms'];
  const child = spawn(codeServer.node, [...args, ...profileFlags(dataFolder, extensionsFolder)], {
    env: serverEnv(dataFolder),
    stdio: 'ignore',
  });
  const [code] = await once(child, 'close');
  if (code !== 0)
    throw new SetupError(`VS Code ${codeServer.vscodeVersion} refused to install ${path.basename(vsix)}.`);
}

function profileFlags(dataFolder: string, extensionsFolder: string): readonly string[] {
  return ['--server-data-dir', dataFolder, '--extensions-dir', extensionsFolder];
}

/** Ours, but that nothing asks the network for extensions, or leaves a machine id in the user's home. */
function serverEnv(dataFolder: string): NodeJS.ProcessEnv {
  return { ...process.env, EXTENSIONS_GALLERY: '{}', XDG_CACHE_HOME: path.join(dataFolder, 'cache') };
}

function writeSettings({ dataFolder, extensionsFolder, settings }: ServerOptions): void {
  const user = path.join(dataFolder, 'data', 'User');
  for (const folder of [user, extensionsFolder]) mkdirSync(folder, { recursive: true, mode: PRIVATE_FOLDER });
  // The tests' folders may be there already.
  chmodSync(dataFolder, PRIVATE_FOLDER);
  if (!settings) return;
  writeFileSync(path.join(user, 'settings.json'), JSON.stringify(settings, undefined, 2), { mode: PRIVATE_FILE });
}

/** The server picks a free port itself and tells it; picking one for it would be a race. */
async function listeningPort(tree: ProcessTree, logFile: string): Promise<number> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const log = readFileSync(logFile, 'utf8');
    const port = /Extension host agent listening on (\d+)/.exec(log)?.[1];
    if (port !== undefined) return Number(port);
    if (!tree.running) throw new SetupError(`VS Code did not start; see ${logFile}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new SetupError(`VS Code did not start within three minutes; see ${logFile}`);
}
