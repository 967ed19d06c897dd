// A Chromium to show VS Code in: the machine's, else the one that npm carries.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { cachedFolder } from './cache';
import { fetchPackage, type PinnedPackage } from './npm';
import { findOnPath, isExecutable } from './onPath';
import { SetupError } from './setupError';

export interface Chromium {
  readonly executable: string;
  /** What it needs in its environment beside ours. */
  readonly env: Readonly<Record<string, string>>;
}

const NAMES = ['chromium', 'google-chrome', 'chromium-browser'];
/** Where macOS has it, off the PATH. */
const APPLICATION = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
const PACKAGE: PinnedPackage = {
  name: '@sparticuz/chromium',
  version: '143.0.4',
  integrity: 'sha512-/6I7uQTRhRDD2/gGPQ1Gkf+Dqk0RYDACPJDZfSzz0OWk4JmUTonNHPXbrn6UIklOHlnDLf8xAAzkOZKB/cJpLA==',
};

/**
 * The Chromium to use: `CHROME_PATH`, else one that is installed, else one from npm.
 *
 * @throws SetupError when there is none
 */
export async function findChromium(): Promise<Chromium> {
  return findInstalledChromium() ?? (await fetchChromium());
}

/** @throws SetupError when `CHROME_PATH` names none */
export function findInstalledChromium(): Chromium | undefined {
  const configured = process.env.CHROME_PATH;
  if (configured && !isExecutable(configured)) throw new SetupError('CHROME_PATH names no executable file.');
  const executable = configured || [...NAMES.map(findOnPath), APPLICATION].find(file => file && isExecutable(file));
  return executable ? { executable, env: {} } : undefined;
}

/** From npm, for Linux on x64. @throws SetupError elsewhere, or when npm cannot install it */
export async function fetchChromium(): Promise<Chromium> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError('No Chromium was found: install Chrome, or set CHROME_PATH to its executable.');
  }
  const folder = await cachedFolder(`sparticuz-chromium-${PACKAGE.version}`, async partial => {
    console.log('Fetching Chromium from npm (once, about ten seconds)…');
    await fetchPackage(partial, PACKAGE);
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
  <alias>
    <family>monospace</family>
    <prefer><family>DejaVu Sans Mono</family><family>Liberation Mono</family><family>Noto Sans Mono</family></prefer>
  </alias>
</fontconfig>
`;
