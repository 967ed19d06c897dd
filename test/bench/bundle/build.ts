// The bundles as they are shipped, built for production into a folder of the bench's own.
import { execFile } from 'node:child_process';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { outRoot, projectRoot } from '../../workbench/paths';

const folder = path.join(outRoot, 'bench', 'dist');
let building: Promise<unknown> | undefined;

/** Built once in a run. Resolves with the folder. */
export async function productionBundles(): Promise<string> {
  const args = ['esbuild.js', '--production', '--quiet', `--outdir=${folder}`, 'extension', 'sandbox'];
  building ??= promisify(execFile)(process.execPath, args, { cwd: projectRoot });
  await building;
  return folder;
}
