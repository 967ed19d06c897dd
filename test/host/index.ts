// The entry point that VS Code's extension host calls: mocha over the tests beside it, in the order of their names.
//
// All other tests are node:test; these are mocha. VS Code's API is only in the extension host's process, so they run in
// it, begin with a call, and report to the caller. Node 20, which the oldest supported VS Code runs, has no such call:
// its `run()` gives each file a process of its own, and what a file declares when it loads reports to stdout alone.
import { format } from 'node:util';
import Mocha from 'mocha';
import { writeCounts } from '../workbench/counts';
import { testFiles } from '../workbench/testFiles';

/** Against a test that hangs: longer than any wait in one, on any machine. */
const TEST_TIMEOUT_MS = 120_000;

/** @throws Error when a test failed: VS Code makes it the run's exit code */
export async function run(): Promise<void> {
  markConsole(process.env.HOST_TEST_MARK ?? '');
  const { HOST_TEST_RESULTS, HOST_TEST_GREP } = process.env;
  const mocha = new Mocha({ ui: 'bdd', timeout: TEST_TIMEOUT_MS, color: false });
  if (HOST_TEST_GREP) mocha.grep(HOST_TEST_GREP);
  for (const file of testFiles('host')) mocha.addFile(file);

  const skipped: string[] = [];
  let passed = 0;
  const failed = await new Promise<number>(resolve => {
    mocha
      .run(resolve)
      .on('pass', () => {
        passed += 1;
      })
      .on('pending', test => skipped.push(test.fullTitle()));
  });
  if (HOST_TEST_RESULTS) writeCounts(HOST_TEST_RESULTS, { passed, failed, skipped });
  if (failed > 0) throw new Error(`${failed} failed`);
}

/** Lets the launcher tell the console of the tests from what VS Code logs. */
function markConsole(mark: string): void {
  const host = console;
  const print = (...args: readonly unknown[]) => host.log(mark + format(...args).replaceAll('\n', `\n${mark}`));
  // The host's console ignores assignments to its methods, so it is replaced as a whole; but for warnings and errors,
  // which are mostly the host's own.
  globalThis.console = Object.create(host, { log: { value: print }, info: { value: print } });
  Mocha.reporters.Base.consoleLog = print;
}
