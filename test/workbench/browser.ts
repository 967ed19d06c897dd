// A headless browser to show VS Code in.
import { type Browser, chromium } from 'playwright-core';
import { type Chromium, fetchChromium, findInstalledChromium } from './chromium';
import { SetupError } from './setupError';

const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @throws SetupError when there is no Chromium, or it does not start */
export async function launchBrowser(): Promise<Browser> {
  const installed = findInstalledChromium();
  if (!installed) return launch(await fetchChromium());
  try {
    return await launch(installed);
  } catch (error) {
    // A packaged browser may be confined to places that our files are not in; one that was asked for is not replaced.
    if (process.env.CHROME_PATH) throw error;
    return launch(await fetchChromium());
  }
}

async function launch({ executable, env }: Chromium): Promise<Browser> {
  try {
    return await chromium.launch({
      executablePath: executable,
      headless: true,
      // Its sandbox needs user namespaces, which containers and root do not have; it only ever sees our own pages.
      chromiumSandbox: false,
      args: FLAGS,
      env: { ...process.env, ...env },
      // Ours to do: see lifetime.ts.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new SetupError(`Chromium (${executable}) did not start: ${reason}`);
  }
}
