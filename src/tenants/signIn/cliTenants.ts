// The tenants that Auth0's own CLI has on the machine where this extension runs. Only their domains and names are kept of
// its file: it may also hold tokens.
import { readFile, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { isRecord, parsePlain, stringOf } from '../../json/plain';
import { parseTenantDomain, type TenantDomain } from '../../management/tenant';
import { tenantName } from '../record';

export interface CliTenant {
  readonly domain: TenantDomain;
  /** In one line, nothing hidden in it; the domain if the CLI has no name. */
  readonly name: string;
}

/** In bytes. With a token for each tenant, hundreds of tenants fit. */
const MAX_FILE_BYTES = 1024 * 1024;

/**
 * The file of the CLI; undefined without a home folder. The CLI knows this one place on every system: it reads neither
 * XDG_CONFIG_HOME nor a folder of Windows (`defaultPath` in its internal/config/config.go).
 */
export function cliConfigFile({ HOME }: Readonly<Record<string, string | undefined>>): string | undefined {
  return HOME ? path.join(HOME, '.config', 'auth0', 'config.json') : undefined;
}

/** Empty if there is no such file, or if it is not the CLI's: nobody has asked for it. */
export async function readCliTenants(file: string): Promise<readonly CliTenant[]> {
  try {
    const found = await stat(file);
    if (!found.isFile() || found.size > MAX_FILE_BYTES) return [];
    return decodeCliTenants(await readFile(file, 'utf8'));
  } catch {
    return [];
  }
}

/** Sorted by domain: the CLI keeps them in no order. What is not a tenant is left out. */
export function decodeCliTenants(text: string): readonly CliTenant[] {
  const config = parsePlain(text);
  const tenants = isRecord(config) && isRecord(config.tenants) ? Object.entries(config.tenants) : [];
  const byDomain = new Map<TenantDomain, CliTenant>();
  for (const [key, tenant] of tenants) {
    if (!isRecord(tenant)) continue;
    const domain = parseTenantDomain(stringOf(tenant, 'domain') ?? key);
    if (domain) byDomain.set(domain, { domain, name: tenantName(stringOf(tenant, 'name') ?? '', domain) });
  }
  return [...byDomain.values()].sort((a, b) => (a.domain < b.domain ? -1 : 1));
}
