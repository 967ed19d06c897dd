// The sandbox as a process of its own, as `npm run sandbox` starts it.
import { once } from 'node:events';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import type { TenantAccess } from './companion/install';
import { projectRoot } from './paths';
import { ProcessTree } from './processTree';
import { SetupError } from './setupError';

/** @throws SetupError when it ends without having said where it listens */
export async function startSandboxProcess(): Promise<{ readonly tree: ProcessTree; readonly tenant: TenantAccess }> {
  const cli = path.join(projectRoot, 'dist', 'sandbox-cli.js');
  const tree = ProcessTree.spawn(process.execPath, [cli, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const { stdout } = tree.child;
  const firstLine = stdout ? once(createInterface(stdout), 'line') : Promise.resolve([]);
  const [line] = await Promise.race([firstLine, once(tree.child, 'exit').then(() => [])]);
  const tenant: unknown = typeof line === 'string' ? JSON.parse(line) : undefined;
  if (!isTenantAccess(tenant)) throw new SetupError('The sandbox did not start.');
  return { tree, tenant };
}

function isTenantAccess(value: unknown): value is TenantAccess {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map(Object.entries(value));
  return ['url', 'domain', 'token', 'clientId', 'clientSecret'].every(name => typeof fields.get(name) === 'string');
}
