// One run of test/bench/host in a real VS Code, with a fresh profile.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { outRoot, projectRoot } from '../../workbench/paths';
import { SetupError } from '../../workbench/setupError';
import { createThrowawayFolder } from '../../workbench/throwaway';
import { isSamples, type Samples } from '../samples';

/** @throws SetupError when VS Code ended without results */
export async function measureInHost(access: object): Promise<Samples> {
  const folder = createThrowawayFolder('bench');
  const results = path.join(folder.path, 'results.json');
  const accessFile = path.join(folder.path, 'access.json');
  writeFileSync(accessFile, JSON.stringify(access));
  const flags = {
    extensionDevelopmentPath: projectRoot,
    extensionTestsPath: path.join(outRoot, 'test', 'bench', 'host', 'index.js'),
    'user-data-dir': path.join(folder.path, 'user-data'),
    'extensions-dir': path.join(folder.path, 'extensions'),
  };
  const launcher = path.join(outRoot, 'test', 'workbench', 'launcher.js');
  try {
    const child = spawn(
      process.execPath,
      [launcher, ...Object.entries(flags).map(([name, value]) => `--${name}=${value}`)],
      {
        env: { ...process.env, BENCH_RESULTS: results, BENCH_ACCESS: accessFile },
        stdio: ['ignore', 'inherit', 'inherit'],
      },
    );
    await once(child, 'exit');
    if (!existsSync(results)) throw new SetupError('VS Code ended before anything was measured; see out/logs/.');
    const samples: unknown = JSON.parse(readFileSync(results, 'utf8'));
    if (!isSamples(samples)) throw new Error('the samples of VS Code cannot be read');
    return samples;
  } finally {
    folder.remove();
  }
}
