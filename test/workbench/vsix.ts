// The extension as it is shipped.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import { projectRoot } from './paths';
import { SetupError } from './setupError';

const VSCE = path.join('node_modules', '@vscode', 'vsce', 'vsce');

/** Packages what dist/ holds. @throws SetupError when vsce refuses */
export async function packageExtension(vsix: string): Promise<void> {
  // A missing repository must not be asked about; without one, relative links of the README have nothing to point at.
  const flags = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  await runNode([VSCE, 'package', ...flags, '--out', vsix], 'vsce could not package the extension');
}

/** Builds dist/ for production. @throws SetupError when it does not compile */
export async function buildForProduction(): Promise<void> {
  await runNode(['esbuild.js', '--production', '--quiet', 'extension', 'sandbox'], 'The extension could not be built');
}

async function runNode(args: readonly string[], failure: string): Promise<void> {
  const child = spawn(process.execPath, args, { cwd: projectRoot, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  const [code] = await once(child, 'close');
  if (code !== 0) throw new SetupError(`${failure}:\n${output.trim()}`);
}
