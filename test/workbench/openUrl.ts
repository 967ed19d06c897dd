// The user's default browser.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { PRIVATE_FILE } from './paths';

const COMMANDS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/**
 * Opens `url` where there is a browser; where there is none, its address has been printed.
 *
 * @param folder for a page that leads there: a browser's arguments, which everybody on the machine can read, are not to
 * hold the address, which opens everything
 */
export function openUrl(url: string, folder: string): void {
  const page = path.join(folder, 'open.html');
  writeFileSync(page, `<!doctype html><meta http-equiv="refresh" content="0; url=${url}">`, { mode: PRIVATE_FILE });
  const [command = '', ...args] = COMMANDS[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...args, page], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
