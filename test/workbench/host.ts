// Runs the tests of test/host/ inside VS Code's extension host.
import { existsSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { runTests, TestRunFailedError } from '@vscode/test-electron';
import { type Counts, readCounts } from './counts';
import { outRoot, projectRoot } from './paths';
import { SetupError } from './setupError';
import { createThrowawayFolder } from './throwaway';

/**
 * On `VSCODE_EXECUTABLE`, a desktop VS Code of any version; with `VSCODE_DOWNLOAD=1`, on one that @vscode/test-electron
 * downloads; else on the one from npm, behind an executable that takes the same flags.
 * `HOST_TEST_GREP` in the environment runs only tests whose full title matches.
 *
 * @throws SetupError when the run ended without results
 */
export async function runHostTests(version: string): Promise<Counts> {
  const folder = createThrowawayFolder('host');
  const results = path.join(folder.path, 'results.json');
  try {
    const executable = vscodeExecutable(folder.path);
    await runTests({
      ...(executable === undefined ? { version } : { vscodeExecutablePath: executable }),
      extensionDevelopmentPath: projectRoot,
      extensionTestsPath: path.join(outRoot, 'test', 'host', 'index.js'),
      launchArgs: [
        `--user-data-dir=${path.join(folder.path, 'user-data')}`,
        `--extensions-dir=${path.join(folder.path, 'extensions')}`,
      ],
      extensionTestsEnv: {
        HOST_TEST_RESULTS: results,
        HOST_TEST_VERSION: process.env.VSCODE_EXECUTABLE ? '' : version,
        // For the launcher.
        VSCODE_VERSION: version,
      },
    }).catch((error: unknown) => {
      // Failed tests are in the results; a run without results has said why in its output.
      if (!(error instanceof TestRunFailedError)) throw error;
    });
    if (!existsSync(results)) throw new SetupError('VS Code ended before the tests had run; see above and out/logs/.');
    return readCounts(results);
  } finally {
    folder.remove();
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
