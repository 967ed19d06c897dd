// `npm run soak`: the model and the properties, with so many cases that a rare mistake has nowhere to hide.
// --sequences 20000 of the model tests, --cases 100000 of each property. A failure prints its seed; SEED and REPLAY repeat it.
import { parseArgs } from 'node:util';
import { runNodeTests } from '../workbench/nodeTests';
import { runMain } from '../workbench/setupError';
import { testFiles } from '../workbench/testFiles';

runMain(async () => {
  const { values } = parseArgs({
    options: { sequences: { type: 'string', default: '20000' }, cases: { type: 'string', default: '100000' } },
  });
  // The tests run in processes of their own, which inherit these.
  process.env.RUNS = values.sequences;
  process.env.FC_RUNS = values.cases;
  const models = /[/\\](model|windows|undo)\.test\.js$/;
  const files = [...testFiles('reliability').filter(file => models.test(file)), ...testFiles('property')];
  const { passed, failed } = await runNodeTests(files, 2);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
});
