// Programs that the machine has.
import { accessSync, constants } from 'node:fs';
import * as path from 'node:path';

/** The full path of a program on the PATH. */
export function findOnPath(name: string): string | undefined {
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter(folder => folder !== '')
    .flatMap(folder => suffixes.map(suffix => path.join(folder, name + suffix)))
    .find(isExecutable);
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
