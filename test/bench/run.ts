// `npm run bench`: measures everything in one run, prints tables, writes out/bench/results.json.
// --only NAME[,NAME]: some of it. --check: the quick run that CI does, judged by budgets.json.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { outRoot } from '../workbench/paths';
import { runMain } from '../workbench/setupError';
import { BENCHES, chosen } from './benches';
import { checkBudgets } from './check';
import type { Bench, Section } from './model';
import { tableOf } from './table';

const FOLDER = path.join(outRoot, 'bench');

runMain(async () => {
  const { values } = parseArgs({ options: { check: { type: 'boolean' }, only: { type: 'string' } } });
  const benches = chosen(values.only);
  if (values.check) {
    const { failed } = await checkBudgets(benches);
    process.exitCode = failed > 0 ? 1 : 0;
    return;
  }
  const results = new Map<Bench, Section>();
  for (const bench of benches) {
    const section = await bench.measure('full');
    results.set(bench, section);
    console.log(`\n${tableOf(bench.title, section.figures)}`);
  }
  writeResults(results);
});

function writeResults(results: ReadonlyMap<Bench, Section>): void {
  mkdirSync(FOLDER, { recursive: true });
  const sections = Array.from(results, ([{ name, title }, section]) => ({ name, title, ...section }));
  const machine = { node: process.version, cpus: cpus().length, cpu: cpus()[0]?.model ?? 'unknown' };
  const file = path.join(FOLDER, BENCHES.length === results.size ? 'results.json' : 'some.json');
  writeFileSync(file, `${JSON.stringify({ ...machine, sections }, undefined, 2)}\n`);
  console.log(`→ ${path.relative(process.cwd(), file)}`);
}
