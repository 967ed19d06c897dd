// npm, as the user has configured it.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { SetupError } from './setupError';

const QUIET = ['--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];

/** Installs a package, without running its scripts, into `folder`, which becomes a package of its own. */
export async function installPackage(folder: string, spec: string): Promise<void> {
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  await npm(folder, spec, ['install', ...QUIET, '--no-package-lock', spec]);
}

/** Installs what the package in `folder` depends on, as its own shrinkwrap pins it. */
export async function installDependencies(folder: string): Promise<void> {
  await npm(folder, `the dependencies of ${path.basename(folder)}`, ['install', ...QUIET]);
}

async function npm(cwd: string, what: string, args: readonly string[]): Promise<void> {
  const { command, prefix, shell } = npmCommand();
  const { code, stderr } = await new Promise<{ code: number | null; stderr: string }>((resolve, reject) => {
    let stderr = '';
    const child = spawn(command, [...prefix, ...args], {
      cwd,
      stdio: ['ignore', 'ignore', 'pipe'],
      shell,
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    child.on('error', () =>
      reject(new SetupError('npm was not found: it comes with Node.js, and must be on the PATH.')),
    );
    child.on('close', code => resolve({ code, stderr }));
  });
  if (code === 0) return;
  const reason = /npm (?:error|ERR!) code (\S+)/.exec(stderr)?.[1] ?? `exit code ${code}`;
  throw new SetupError(
    `npm could not install ${what} (${reason}): check that the npm registry can be reached, then run the command again.`,
  );
}

/** The npm that runs us where there is one, so that its version and configuration are the user's choice. */
export function npmCommand(): {
  readonly command: string;
  readonly prefix: readonly string[];
  readonly shell: boolean;
} {
  const running = process.env.npm_execpath;
  if (running && path.basename(running) === 'npm-cli.js') {
    return { command: process.execPath, prefix: [running], shell: false };
  }
  return { command: 'npm', prefix: [], shell: process.platform === 'win32' };
}
