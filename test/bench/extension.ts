// The built extension in the window of the stand-in: built as it is shipped, activated, its documents opened and saved.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { parseTenantDomain, tenantOf } from '../../src/management/tenant';
import { encodeSecret, secretKey } from '../../src/tenants/record';
import { contextIn, ExtensionStorage, secretsIn, stateIn } from '../support/vscode/context';
import type { TextFile } from '../support/vscode/textFile';
import { Uri } from '../support/vscode/uri';
import { shown } from '../support/vscode/window';
import { outRoot, projectRoot } from '../workbench/paths';

/** What a child is told of a sandbox. */
export interface TenantAccess {
  readonly url: string;
  readonly domain: string;
  readonly token: string;
}

const bundles = path.join(outRoot, 'bench', 'dist');
let building: Promise<unknown> | undefined;

/** The bundles for production in a folder of the bench's own, built once in a run. Resolves with the folder. */
export async function productionBundles(): Promise<string> {
  const args = ['esbuild.js', '--production', '--quiet', `--outdir=${bundles}`, 'extension', 'sandbox'];
  building ??= promisify(execFile)(process.execPath, args, { cwd: projectRoot });
  await building;
  return bundles;
}

/**
 * Loads `extension.js` of `folder` and activates it, with one tenant where `access` is given. Only in a child.
 *
 * @returns the folder it writes to
 */
export async function startExtension(folder: string, access?: TenantAccess): Promise<string> {
  const written = mkdtempSync(path.join(tmpdir(), 'auth0-metadata-bench-'));
  process.once('exit', () => rmSync(written, { recursive: true, force: true }));
  const storage = new ExtensionStorage();
  if (access) await signIn(storage, access);
  const { activate } = require(path.join(folder, 'extension.js'));
  activate(contextIn(storage, written));
  return written;
}

async function signIn(storage: ExtensionStorage, { url, domain, token }: TenantAccess): Promise<void> {
  const parsed = parseTenantDomain(domain);
  if (!parsed) throw new Error(`${domain} is no domain`);
  const tenant = tenantOf(parsed, url);
  await stateIn(storage).update('auth0Metadata.tenants', [{ ...tenant, kind: 'token' }]);
  await secretsIn(storage).store(secretKey(parsed), encodeSecret(tenant, { kind: 'token', token }));
}

/** Opens a user's document as one that nothing shows. */
export async function openUser(domain: string, userId: string): Promise<TextFile> {
  const uri = Uri.from({ scheme: 'auth0-user', authority: domain, path: `/users/${userId}/user.json` });
  await shown.openDocument(uri);
  const file = shown.file(uri);
  if (!file) throw new Error(`${uri} is not open`);
  return file;
}

/** Sets one root key of `user_metadata` and saves by hand. */
export async function saveUser(file: TextFile, value: number): Promise<void> {
  const document = JSON.parse(file.document.text);
  document.user_metadata.bench = value;
  file.type(`${JSON.stringify(document, null, 2)}\n`);
  if (!(await file.save())) throw new Error('the document was not saved', { cause: file.error });
}
