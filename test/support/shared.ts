// What lies beside the project on some machines and in no clone of it: recorded exchanges and API descriptions.
import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { projectRoot } from '../workbench/paths';

export interface SharedFile {
  /** undefined where the file is not there. */
  readonly text: string | undefined;
  /** Why a test that needs it is skipped, or false: the runner counts it and says the reason. */
  readonly skip: string | false;
}

export function sharedFile(name: string): SharedFile {
  const file = path.join(projectRoot, '..', 'shared', name);
  if (!existsSync(file)) return { text: undefined, skip: `needs ../shared/${name}` };
  return { text: readFileSync(file, 'utf8'), skip: false };
}
