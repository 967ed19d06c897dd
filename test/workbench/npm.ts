// npm, as the user has configured it.
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { ProcessTree } from './processTree';
import { SetupError } from './setupError';

const QUIET = ['--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];

/** Installs a package, without running its scripts, into `folder`, which becomes a package of its own. */
export async function installPackage(folder: string, spec: string): Promise<void> {
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  await install(folder, spec, ['--no-package-lock', spec]);
}

/** Installs what the package in `folder` depends on, as its own shrinkwrap pins it. */
export async function installDependencies(folder: string): Promise<void> {
  await install(folder, `the dependencies of ${path.basename(folder)}`, []);
}

async function install(folder: string, what: string, args: readonly string[]): Promise<void> {
  const { code, output } = await runNpm(folder, ['install', ...QUIET, ...args], 'collect');
  if (code === 0) return;
  const reason = /npm (?:error|ERR!) code (\S+)/.exec(output)?.[1] ?? `exit code ${code}`;
  throw new SetupError(
    `npm could not install ${what} (${reason}): check that the npm registry can be reached, then run the command again.`,
  );
}

/**
 * Runs npm to its end.
 *
 * @param show what npm prints is shown as it comes, or collected in `output`
 * @throws SetupError when there is no npm
 */
export async function runNpm(
  cwd: string,
  args: readonly string[],
  show: 'show' | 'collect',
): Promise<{ readonly code: number | null; readonly output: string }> {
  const { command, prefix } = npmCommand();
  const tree = ProcessTree.spawn(command, [...prefix, ...args], {
    cwd,
    stdio: show === 'show' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32' && command === 'npm',
  });
  let output = '';
  for (const stream of [tree.child.stdout, tree.child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  const [code] = await once(tree.child, 'close').catch(() => {
    throw new SetupError('npm was not found: it comes with Node.js, and must be on the PATH.');
  });
  await tree.stop();
  return { code, output };
}

/** The npm that runs us where there is one, so that its version and configuration are the user's choice. */
function npmCommand(): { readonly command: string; readonly prefix: readonly string[] } {
  const running = process.env.npm_execpath;
  return running && path.basename(running) === 'npm-cli.js'
    ? { command: process.execPath, prefix: [running] }
    : { command: 'npm', prefix: [] };
}
