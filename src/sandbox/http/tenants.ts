// Several tenants in one process, as a company has them. Each has a port of its own, and so an origin of its own.
import { type Sandbox, type SandboxOptions, startSandbox } from './server';

/** Development first: the tenant that is used where only one is expected. */
const TENANTS = [
  { domain: 'acme-dev.localhost', friendlyName: 'Acme Development' },
  { domain: 'acme-staging.localhost', friendlyName: 'Acme Staging' },
  { domain: 'acme.localhost', friendlyName: 'Acme' },
] as const;

export const MAX_TENANTS = TENANTS.length;

/**
 * Starts `count` tenants that share nothing but these options. Their sample users are different people, but some of them have
 * the same ids. A given port is the first tenant's; the others have the ones that follow.
 * @throws Error if a port is taken, or a given user is not valid; then none is left running.
 */
export async function startTenants(
  count: number,
  { port = 0, ...options }: Omit<SandboxOptions, 'domain' | 'friendlyName' | 'seed'> = {},
): Promise<readonly Sandbox[]> {
  const started: Sandbox[] = [];
  try {
    for (const [index, tenant] of TENANTS.slice(0, count).entries()) {
      const own = { ...tenant, port: port === 0 ? 0 : port + index, seed: index };
      started.push(await startSandbox({ ...options, ...own }));
    }
    return started;
  } catch (error) {
    await Promise.all(started.map(sandbox => sandbox.close()));
    throw error;
  }
}
