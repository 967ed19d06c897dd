// The entry point that VS Code's extension host calls: measures, and writes the samples to BENCH_RESULTS.
import { readFileSync, writeFileSync } from 'node:fs';
import { activationTimes } from './marks';
import { sessionTimes } from './session';

export async function run(): Promise<void> {
  const { BENCH_RESULTS = '', BENCH_ACCESS = '' } = process.env;
  const activation = await activationTimes();
  const session = await sessionTimes(JSON.parse(readFileSync(BENCH_ACCESS, 'utf8')));
  writeFileSync(BENCH_RESULTS, JSON.stringify({ ...activation, ...session }));
}
