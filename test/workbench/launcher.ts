// Stands in for the desktop executable: takes the flags that @vscode/test-electron passes to VS Code, runs the tests
// in the extension host of a VS Code server shown in a headless Chromium, and exits with the run's exit code.
// VSCODE_VERSION chooses the server.
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import * as path from 'node:path';
import { format, parseArgs } from 'node:util';
import { selfSigned } from '../support/certificate';
import { launchBrowser } from './browser';
import { fetchCodeServer, MINIMUM_VERSION } from './codeServer';
import { logFolder } from './paths';
import { WorkbenchServer } from './server';
import { runMain, SetupError } from './setupError';

/** Begins every line that the tests write to their console. */
const MARK = '[test] ';
/** Tests that say nothing for so long hang. A soak goes on for an hour. */
const SILENCE_MS = 5 * 60_000;

runMain(async () => {
  const { values, positionals } = parseArgs({
    strict: false, // Chromium's and Electron's own flags mean nothing here.
    allowPositionals: true,
    options: {
      extensionDevelopmentPath: { type: 'string' },
      extensionTestsPath: { type: 'string' },
      'user-data-dir': { type: 'string' },
      'extensions-dir': { type: 'string' },
    },
  });
  const extension = required(values.extensionDevelopmentPath, 'extensionDevelopmentPath');
  const tests = required(values.extensionTestsPath, 'extensionTestsPath');
  mkdirSync(logFolder, { recursive: true });
  const codeServer = await fetchCodeServer(process.env.VSCODE_VERSION ?? MINIMUM_VERSION);
  // For the tests of proxies: Node reads NODE_EXTRA_CA_CERTS when it starts.
  const identity = selfSigned('extra.example.test');
  const server = await WorkbenchServer.start(codeServer, {
    dataFolder: required(values['user-data-dir'], 'user-data-dir'),
    extensionsFolder: required(values['extensions-dir'], 'extensions-dir'),
    flags: codeServer.testFlags,
    env: { HOST_TEST_MARK: MARK, HOST_TEST_EXTRA_IDENTITY: JSON.stringify(identity) },
    extraAuthority: identity.cert,
  });
  const log = createWriteStream(path.join(logFolder, `host-${codeServer.vscodeVersion}.log`));
  const code = await runInBrowser(testUrl(server, extension, tests, positionals[0]), log);
  process.exit(code);
});

function required(value: string | boolean | undefined, flag: string): string {
  if (typeof value !== 'string') throw new SetupError(`The flag --${flag}=PATH is missing.`);
  return path.resolve(value);
}

/** The workbench takes the flags of the desktop as a payload in its URL. */
function testUrl(server: WorkbenchServer, extension: string, tests: string, folder: string | undefined): string {
  const url = new URL(server.url);
  const remote = (file: string) => `vscode-remote://${url.host}${file}`;
  const payload = [
    ['extensionDevelopmentPath', remote(extension)],
    ['extensionTestsPath', remote(tests)],
    ['skipWelcome', 'true'],
  ];
  url.searchParams.set('payload', JSON.stringify(payload));
  if (folder !== undefined) url.searchParams.set('folder', path.resolve(folder));
  return url.href;
}

/** Resolves with the exit code that the workbench reports when the tests have run. */
async function runInBrowser(url: string, log: WriteStream): Promise<number> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    return await new Promise<number>((resolve, reject) => {
      const silence = () => reject(new SetupError('The tests have said nothing for five minutes.'));
      const timer = setTimeout(silence, SILENCE_MS);
      const start = async () => {
        await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) => {
          if (print(log, args)) timer.refresh();
        });
        await page.exposeFunction('codeAutomationExit', (code: number) => {
          clearTimeout(timer);
          resolve(code);
        });
        await page.goto(url);
      };
      page.on('crash', () => reject(new SetupError('The page that shows VS Code crashed.')));
      start().catch(reject);
    });
  } finally {
    await browser.close();
  }
}

/** The tests' own words go to our output; the many of VS Code itself to its log. @returns whether there were any of the tests */
function print(log: WriteStream, args: readonly unknown[]): boolean {
  const lines = format(...args).split('\n');
  const isOurs = (line: string) => line.startsWith(MARK);
  for (const line of lines) {
    if (isOurs(line)) console.log(line.slice(MARK.length));
    else log.write(`${line}\n`);
  }
  return lines.some(isOurs);
}
