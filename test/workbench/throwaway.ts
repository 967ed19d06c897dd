// Folders that live as long as a session.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { onProcessEnd } from './lifetime';

export interface ThrowawayFolder {
  readonly path: string;
  remove(): void;
}

/** In the system's folder for such things: VS Code's sockets lie in its profile, and their paths must be short. */
export function createThrowawayFolder(purpose: string): ThrowawayFolder {
  const folder = mkdtempSync(path.join(tmpdir(), `auth0-metadata-${purpose}-`));
  // A process that has just been killed may still be writing.
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  const forget = onProcessEnd(remove);
  return {
    path: folder,
    remove: () => {
      forget();
      remove();
    },
  };
}
