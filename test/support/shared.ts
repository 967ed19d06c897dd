// The recordings and the API description that lie beside the project on some machines: found, or said to be missing.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The text of a file under `../shared` of the project, or undefined where that is not there. */
export function sharedText(name: string): string | undefined {
  const root = [__dirname, process.cwd()]
    .flatMap(ancestors)
    .find(folder => existsSync(path.join(folder, 'biome.json')));
  const file = root === undefined ? undefined : path.join(root, '..', 'shared', name);
  return file !== undefined && existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** For `skip` of a test: why, or false. */
export function skipWithout(text: string | undefined, name: string): string | false {
  return text === undefined ? `../shared/${name} is not on this machine` : false;
}

function ancestors(folder: string): string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}
