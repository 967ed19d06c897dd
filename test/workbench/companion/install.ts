// Puts the companion extension, with the tenant it is to connect, into a folder.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { outRoot, PRIVATE_FILE, PRIVATE_FOLDER } from '../paths';

/** What a sandbox tells about itself. */
export interface TenantAccess {
  readonly url: string;
  readonly domain: string;
  readonly token: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export const TENANT_FILE = 'tenant.json';

const MANIFEST = {
  name: 'tenant-companion',
  publisher: 'auth0-metadata-editor',
  displayName: 'Tenant Companion',
  description: 'Connects the tenant of a development session.',
  version: '0.0.1',
  engines: { vscode: '^1.100.0' },
  main: './extension.js',
  activationEvents: ['onStartupFinished'],
};

/**
 * An extensions folder takes it as installed if VS Code has not started on that folder yet.
 *
 * @returns the extension's own folder
 */
export function installCompanion(extensionsFolder: string, tenant: TenantAccess): string {
  const folder = path.join(extensionsFolder, `${MANIFEST.publisher}.${MANIFEST.name}-${MANIFEST.version}`);
  mkdirSync(folder, { recursive: true, mode: PRIVATE_FOLDER });
  const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text, { mode: PRIVATE_FILE });
  write('extension.js', readFileSync(path.join(outRoot, 'test', 'workbench', 'companion', 'extension.js'), 'utf8'));
  write('package.json', JSON.stringify(MANIFEST));
  const { url, domain, token, clientId, clientSecret } = tenant;
  write(TENANT_FILE, JSON.stringify({ url, domain, token, clientId, clientSecret }));
  return folder;
}
