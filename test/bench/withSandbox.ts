// A sandbox for the time of one bench, in its process. Loaded with the first: a child does without it.
import type { Sandbox, SandboxOptions } from '../../src/sandbox/http/server';

export async function withSandbox<T>(options: SandboxOptions, use: (sandbox: Sandbox) => Promise<T>): Promise<T> {
  const { startSandbox } = await import('../../src/sandbox/http/server');
  const sandbox = await startSandbox(options);
  try {
    return await use(sandbox);
  } finally {
    await sandbox.close();
  }
}
