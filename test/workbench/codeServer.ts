// A VS Code that npm carries: the package code-server holds the workbench, the extension host, the built-in extensions.
import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { cachedFolder } from './cache';
import { installDependencies, installPackage } from './npm';
import { SetupError } from './setupError';

/** A fetched VS Code server, ready to be started. */
export interface CodeServer {
  readonly vscodeVersion: string;
  /** The Node.js that runs it. */
  readonly node: string;
  readonly serverMain: string;
  /** Newer servers heed the extension tests named in a URL only with this. */
  readonly testFlags: readonly string[];
}

interface Release {
  readonly package: string;
  /** Major version of Node.js it needs, where that is newer than ours. */
  readonly node?: string;
  readonly testFlags: readonly string[];
}

export const MINIMUM_VERSION = '1.100.3';
export const NEWEST_VERSION = '1.139.1';

const RELEASES: ReadonlyMap<string, Release> = new Map([
  [MINIMUM_VERSION, { package: 'code-server@4.100.3', testFlags: [] }],
  [NEWEST_VERSION, { package: 'code-server@4.139.1', node: '24', testFlags: ['--enable-smoke-test-driver'] }],
]);

/**
 * Fetches the server for a version of VS Code, unless an earlier run did.
 *
 * @throws SetupError for a version that is not in the table, or when npm cannot install it
 */
export async function fetchCodeServer(vscodeVersion: string): Promise<CodeServer> {
  const release = RELEASES.get(vscodeVersion);
  if (!release) {
    throw new SetupError(`There is no VS Code ${vscodeVersion} here: known are ${[...RELEASES.keys()].join(', ')}.`);
  }
  const folder = await cachedFolder(`vscode-${vscodeVersion}`, async partial => {
    console.log(`Fetching VS Code ${vscodeVersion} from npm (once, about half a minute)…`);
    await installPackage(partial, release.package);
    await installDependencies(vscodeFolder(partial));
  });
  return {
    vscodeVersion,
    node: release.node === undefined ? process.execPath : await fetchNode(release.node),
    serverMain: path.join(vscodeFolder(folder), 'out', 'server-main.js'),
    testFlags: release.testFlags,
  };
}

function vscodeFolder(folder: string): string {
  return path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
}

/** The package `node` only chooses among packages per platform in an install script; this is the one it would choose. */
async function fetchNode(major: string): Promise<string> {
  const { platform, arch } = process;
  const name = `node${platform === 'darwin' && arch === 'arm64' ? '-bin' : ''}-${platform === 'win32' ? 'win' : platform}-${arch}`;
  const folder = await cachedFolder(`node-${major}`, async partial => {
    console.log(`Fetching Node.js ${major} from npm…`);
    await installPackage(partial, `${name}@${major}`);
  });
  const executable = path.join(folder, 'node_modules', name, 'bin', platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(executable))
    throw new SetupError(`The npm package ${name} holds no Node.js ${major} for this machine.`);
  return executable;
}
