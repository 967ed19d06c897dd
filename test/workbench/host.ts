// Runs the tests of test/host/ inside VS Code's extension host.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { runTests, TestRunFailedError } from '@vscode/test-electron';
import { MINIMUM_VERSION } from './codeServer';
import { type Counts, readCounts } from './counts';
import { onProcessEnd } from './lifetime';
import { outRoot, projectRoot } from './paths';

export interface HostOptions {
  /** Default: the minimum that the extension supports. */
  readonly version?: string;
  /** Runs only tests whose full title matches. */
  readonly grep?: string;
}

/**
 * On `VSCODE_EXECUTABLE`, a desktop VS Code; with `VSCODE_DOWNLOAD=1`, on one that @vscode/test-electron downloads; else on the
 * one from npm, behind an executable that takes the same flags.
 *
 * @throws SetupError when VS Code cannot be had; Error when the run ended without results
 */
export async function runHostTests(options: HostOptions = {}): Promise<Counts> {
  const version = options.version ?? MINIMUM_VERSION;
  const folder = mkdtempSync(path.join(tmpdir(), 'auth0-metadata-run-'));
  const forget = onProcessEnd(() => rmSync(folder, { recursive: true, force: true }));
  const results = path.join(folder, 'results.json');
  try {
    const executable = vscodeExecutable(folder);
    await runTests({
      ...(executable === undefined ? { version } : { vscodeExecutablePath: executable }),
      extensionDevelopmentPath: projectRoot,
      extensionTestsPath: path.join(outRoot, 'test', 'host', 'index.js'),
      launchArgs: [
        `--user-data-dir=${path.join(folder, 'user-data')}`,
        `--extensions-dir=${path.join(folder, 'extensions')}`,
      ],
      extensionTestsEnv: {
        HOST_TEST_RESULTS: results,
        HOST_TEST_GREP: options.grep ?? '',
        VSCODE_VERSION: version,
      },
    }).catch((error: unknown) => {
      // Failed tests are in the results; only a run without results is news.
      if (!(error instanceof TestRunFailedError && existsSync(results))) throw error;
    });
    if (!existsSync(results)) throw new Error('VS Code ended before the tests had run.');
    return readCounts(results);
  } finally {
    forget();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Undefined: @vscode/test-electron is to download one. */
function vscodeExecutable(folder: string): string | undefined {
  if (process.env.VSCODE_EXECUTABLE) return process.env.VSCODE_EXECUTABLE;
  if (process.env.VSCODE_DOWNLOAD === '1') return undefined;
  const launcher = path.join(outRoot, 'test', 'workbench', 'launcher.js');
  const windows = process.platform === 'win32';
  const executable = path.join(folder, windows ? 'code.cmd' : 'code');
  const script = windows
    ? `@"${process.execPath}" "${launcher}" %*\r\n`
    : `#!/bin/sh\nexec "${process.execPath}" "${launcher}" "$@"\n`;
  writeFileSync(executable, script, { mode: 0o755 });
  return executable;
}
