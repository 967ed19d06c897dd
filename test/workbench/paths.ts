// Where things are: the project, and the folders in it that git does not see.
import { existsSync } from 'node:fs';
import * as path from 'node:path';

/** Bundles lie at different depths below out/, so the project's root is looked for, not counted up to. */
function findRoot(folder: string): string {
  return existsSync(path.join(folder, 'package.json')) ? folder : findRoot(path.dirname(folder));
}

export const projectRoot = findRoot(__dirname);

/** Downloaded tools and throwaway profiles; safe to delete at any time nothing runs. */
export const cacheRoot = path.join(projectRoot, '.vscode-test');

export const outRoot = path.join(projectRoot, 'out');

/** Logs of the VS Codes that tests ran in. */
export const logFolder = path.join(outRoot, 'logs');

/** Modes of what holds secrets: for its owner alone. */
export const PRIVATE_FILE = 0o600;
export const PRIVATE_FOLDER = 0o700;

export const vsixPath = path.join(projectRoot, 'dist', 'auth0-metadata-editor.vsix');
