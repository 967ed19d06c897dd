// The built extension, activated outside VS Code.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { contextOf, type TenantAccess } from './context';
import { installVscode } from './vscode';

/** Loads `extension.js` of `folder` and activates it, with one tenant where `access` is given; the folder it writes to. */
export function startExtension(folder: string, access?: TenantAccess): string {
  installVscode();
  const storage = mkdtempSync(path.join(tmpdir(), 'auth0-metadata-bench-'));
  process.once('exit', () => rmSync(storage, { recursive: true, force: true }));
  const { activate } = require(path.join(folder, 'extension.js'));
  activate(contextOf(storage, access));
  return storage;
}
