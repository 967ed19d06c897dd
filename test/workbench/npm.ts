// npm, as the user has configured it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import type { Readable } from 'node:stream';
import { ProcessTree } from './processTree';
import { SetupError } from './setupError';

/** One version of a package, and what its archive must hold: the registry alone is not believed. */
export interface PinnedPackage {
  readonly name: string;
  readonly version: string;
  /** As in a lock file: `sha512-` and the digest in base64. */
  readonly integrity: string;
}

const QUIET = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];

/**
 * Unpacks a package, without its dependencies and without running its scripts, into `node_modules` of `folder`.
 *
 * @param source where npm finds it; default: the registry
 * @throws SetupError when npm cannot fetch it, or what it fetched is something else
 */
export async function fetchPackage(
  folder: string,
  { name, version, integrity }: PinnedPackage,
  source = `${name}@${version}`,
): Promise<void> {
  const { output } = await quietly(folder, source, ['pack', source, '--json']);
  const archive = path.join(folder, packedFile(output, source));
  const digest = createHash('sha512').update(readFileSync(archive)).digest('base64');
  if (`sha512-${digest}` !== integrity) {
    rmSync(archive);
    throw new SetupError(`What npm fetched as ${source} is not the package that was pinned here; it is not used.`);
  }
  const target = path.join(folder, 'node_modules', name);
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['-x', '-z', '-f', archive, '-C', target, '--strip-components=1']);
  rmSync(archive);
}

/** Installs what the package in `folder` depends on, as its own shrinkwrap pins it. */
export async function installDependencies(folder: string): Promise<void> {
  // Without peers: one that only a compiler wants is missing in VS Code's, and `ci` fetches nothing that is not in it.
  await quietly(folder, `the dependencies of ${path.basename(folder)}`, ['ci', '--omit=dev', '--legacy-peer-deps']);
}

/** `npm pack --json` says `[{"filename": …}]`. */
function packedFile(output: string, source: string): string {
  const packed: unknown = JSON.parse(output);
  const first: unknown = Array.isArray(packed) ? packed[0] : undefined;
  if (typeof first === 'object' && first !== null && 'filename' in first && typeof first.filename === 'string') {
    return path.basename(first.filename);
  }
  throw new SetupError(`npm did not say what it fetched as ${source}.`);
}

async function quietly(cwd: string, what: string, args: readonly string[]): Promise<{ readonly output: string }> {
  const { code, output, errors } = await runNpm(cwd, [...args, ...QUIET], 'collect');
  if (code === 0) return { output };
  const reason = /npm (?:error|ERR!) code (\S+)/.exec(errors)?.[1] ?? `exit code ${code}`;
  throw new SetupError(
    `npm could not install ${what} (${reason}): check that the npm registry can be reached, then run the command again.`,
  );
}

/**
 * Runs npm to its end.
 *
 * @param show what npm prints is shown as it comes, or collected in `output` and `errors`
 * @throws SetupError when there is no npm
 */
export async function runNpm(
  cwd: string,
  args: readonly string[],
  show: 'show' | 'collect',
): Promise<{ readonly code: number | null; readonly output: string; readonly errors: string }> {
  const { command, prefix } = npmCommand();
  const tree = ProcessTree.spawn(command, [...prefix, ...args], {
    cwd,
    stdio: show === 'show' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32' && command === 'npm',
  });
  const [output, errors] = [collect(tree.child.stdout), collect(tree.child.stderr)];
  const [code] = await once(tree.child, 'close').catch(() => {
    throw new SetupError('npm was not found: it comes with Node.js, and must be on the PATH.');
  });
  await tree.stop();
  return { code, output: output(), errors: errors() };
}

function collect(stream: Readable | null): () => string {
  let text = '';
  stream?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return () => text;
}

/** The npm that runs us where there is one, so that its version and configuration are the user's choice. */
function npmCommand(): { readonly command: string; readonly prefix: readonly string[] } {
  const running = process.env.npm_execpath;
  return running && path.basename(running) === 'npm-cli.js'
    ? { command: process.execPath, prefix: [running] }
    : { command: 'npm', prefix: [] };
}
