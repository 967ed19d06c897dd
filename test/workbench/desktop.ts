// The desktop VS Code that a machine may have.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { onProcessEnd } from './lifetime';
import { findOnPath } from './onPath';
import { projectRoot } from './paths';
import { ProcessTree } from './processTree';

/** `VSCODE_EXECUTABLE`, else `code` on the PATH, unless that one only forwards to a window on another machine. */
export function findDesktop(): string | undefined {
  const { VSCODE_EXECUTABLE, VSCODE_IPC_HOOK_CLI, WSL_DISTRO_NAME } = process.env;
  if (VSCODE_EXECUTABLE) return VSCODE_EXECUTABLE;
  return VSCODE_IPC_HOOK_CLI || WSL_DISTRO_NAME ? undefined : findOnPath('code');
}

/**
 * Opens a window with the extension and its companion under development, in a profile of its own.
 *
 * @param companion the companion extension's folder
 * @returns false if VS Code ended with an error instead, as without a display
 */
export async function openDesktop(
  executable: string,
  profile: string,
  companion: string,
  settings: object,
): Promise<boolean> {
  const userData = path.join(profile, 'user-data');
  mkdirSync(path.join(userData, 'User'), { recursive: true });
  writeFileSync(path.join(userData, 'User', 'settings.json'), JSON.stringify(settings));
  // VS Code's main process writes its id there; the `code` command is gone by the time it runs.
  const pidFile = path.join(userData, 'code.lock');
  onProcessEnd(() => process.kill(Number(readFileSync(pidFile, 'utf8'))));
  const { child } = ProcessTree.spawn(executable, desktopFlags(profile, userData, companion), {
    stdio: 'ignore',
    shell: process.platform === 'win32',
  });
  let failed = false;
  child.once('error', () => {
    failed = true;
  });
  while (!failed && child.exitCode === null && child.signalCode === null && !existsSync(pidFile)) await delay(100);
  return !failed && (child.exitCode === null || child.exitCode === 0);
}

function desktopFlags(profile: string, userData: string, companion: string): readonly string[] {
  return [
    '--new-window',
    `--user-data-dir=${userData}`,
    `--extensions-dir=${path.join(profile, 'extensions')}`,
    `--extensionDevelopmentPath=${projectRoot}`,
    `--extensionDevelopmentPath=${companion}`,
    '--disable-workspace-trust',
    '--disable-telemetry',
    '--disable-updates',
    '--skip-welcome',
    '--skip-release-notes',
    // The throwaway profile's secrets are the sandbox's: not worth a question from the system's keyring.
    '--password-store=basic',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}
