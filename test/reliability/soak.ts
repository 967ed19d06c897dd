// `npm run soak`: the model and the properties, with so many cases that a rare mistake has nowhere to hide.
// --sequences 20000 of the model tests, --cases 100000 of each property, --queues 5000 of requests, --histories 5000 in each
// VS Code. A failure prints its seed; SEED and REPLAY repeat it.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { MINIMUM_VERSION, NEWEST_VERSION } from '../workbench/codeServer';
import { runHostTests } from '../workbench/host';
import { runNodeTests } from '../workbench/nodeTests';
import { runMain } from '../workbench/setupError';
import { testFiles } from '../workbench/testFiles';
import { packageExtension } from '../workbench/vsix';

/** So many histories in one window: it grows, and becomes slower. */
const ROUND = 500;

runMain(async () => {
  const { values } = parseArgs({
    options: {
      sequences: { type: 'string', default: '20000' },
      cases: { type: 'string', default: '100000' },
      queues: { type: 'string', default: '5000' },
      histories: { type: 'string', default: '5000' },
    },
  });
  // The tests run in processes of their own, which inherit these.
  process.env.RUNS = values.sequences;
  process.env.FC_RUNS = values.cases;
  process.env.QUEUES = values.queues;
  process.env.HOST_TEST_GREP = 'random histories';
  const files = ['unit', 'property', 'reliability'].flatMap(testFiles).filter(isRandom);
  const runs = [await runNodeTests(files, 2)];
  await packageExtension();
  for (const version of [MINIMUM_VERSION, NEWEST_VERSION]) {
    process.env.SOAK = '1';
    for (let left = Number(values.histories); left > 0; left -= ROUND) {
      console.log(`VS Code ${version}, ${left} histories to go`);
      process.env.HISTORIES = String(Math.min(left, ROUND));
      runs.push(await runHostTests(version));
      // Once is enough for what takes minutes.
      delete process.env.SOAK;
    }
  }
  const [passed, failed] = [sum(runs.map(run => run.passed)), sum(runs.map(run => run.failed))];
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
});

/** Whatever asks how many cases, or how long. */
function isRandom(bundle: string): boolean {
  return readFileSync(bundle, 'utf8').includes('test/support/cases.ts');
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
