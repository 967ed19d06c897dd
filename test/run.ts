// `npm test`: runs the tiers one after the other, sums them, and ends with the line "N passed, N failed".
// --only unit,host runs some of them; --vscode 1.139.1 chooses the VS Code of the host and ui tiers.
import { parseArgs } from 'node:util';
import { checkBudgets } from './bench/check';
import { findChromium } from './workbench/chromium';
import { fetchCodeServer, MINIMUM_VERSION, NEWEST_VERSION } from './workbench/codeServer';
import type { Counts } from './workbench/counts';
import { runHostTests } from './workbench/host';
import { runNodeTests } from './workbench/nodeTests';
import { runNpm } from './workbench/npm';
import { projectRoot } from './workbench/paths';
import { runMain, SetupError } from './workbench/setupError';
import { testFiles } from './workbench/testFiles';
import { packageExtension } from './workbench/vsix';

interface Result extends Counts {
  readonly tier: string;
  readonly seconds: number;
}

const CPUS = 2;
const TIERS: ReadonlyMap<string, () => Promise<Counts>> = new Map([
  ['check', check],
  ['unit', () => nodeTests('unit', CPUS)],
  ['property', () => nodeTests('property', CPUS)],
  ['reliability', () => nodeTests('reliability', CPUS)],
  ['bench', benchmarks],
  ['host', () => hostTests(vscodeVersion())],
  // Both ends: what works on the oldest VS Code and on the newest works between them.
  ['newest', () => hostTests(NEWEST_VERSION)],
  // One VS Code at a time: two on two CPUs would wait for each other.
  ['ui', uiTests],
]);

runMain(async () => {
  const { values } = parseArgs({ options: { only: { type: 'string' }, vscode: { type: 'string' } } });
  if (values.vscode !== undefined) process.env.VSCODE_VERSION = values.vscode;
  const results: Result[] = [];
  for (const tier of values.only?.split(',') ?? TIERS.keys()) {
    console.log(`\n━━ ${tier} ━━`);
    results.push(await runTier(tier));
  }
  report(results);
});

/** A tier that cannot run is a failure with its reason, never a silent pass. */
async function runTier(tier: string): Promise<Result> {
  const start = performance.now();
  const counts = await (TIERS.get(tier) ?? unknownTier(tier))().catch((error: unknown): Counts => {
    console.error(`The ${tier} tests could not run:`, error instanceof SetupError ? error.message : error);
    return { passed: 0, failed: 1, skipped: [] };
  });
  return { tier, ...counts, seconds: (performance.now() - start) / 1000 };
}

function unknownTier(tier: string): () => Promise<Counts> {
  return () => Promise.reject(new SetupError(`there is no tier "${tier}"; known are ${[...TIERS.keys()].join(', ')}.`));
}

/** Types, lint and format. */
async function check(): Promise<Counts> {
  const { code } = await runNpm(projectRoot, ['run', '--silent', 'check'], 'show');
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] };
}

async function nodeTests(tier: string, concurrency: number): Promise<Counts> {
  const files = testFiles(tier);
  if (files.length === 0) throw new SetupError('there are no test files.');
  return runNodeTests(files, concurrency);
}

/** Counts, sizes and ratios that are guarded. Alone: a busy neighbour would spoil the ratios. */
async function benchmarks(): Promise<Counts> {
  await packageOnce();
  return checkBudgets();
}

async function hostTests(version: string): Promise<Counts> {
  await packageOnce();
  return runHostTests(version);
}

async function uiTests(): Promise<Counts> {
  await packageOnce();
  // Here, so that the first test is not the one that waits for it.
  for (const version of new Set([vscodeVersion(), MINIMUM_VERSION, NEWEST_VERSION])) await fetchCodeServer(version);
  await findChromium();
  return nodeTests('ui', 1);
}

function vscodeVersion(): string {
  return process.env.VSCODE_VERSION ?? MINIMUM_VERSION;
}

let packaged: Promise<void> | undefined;

/** Both tiers run what is shipped. */
function packageOnce(): Promise<void> {
  packaged ??= packageExtension();
  return packaged;
}

function report(results: readonly Result[]): void {
  console.log();
  for (const { tier, passed, failed, skipped, seconds } of results) {
    const more = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
    console.log(`${tier.padEnd(9)} ${passed} passed, ${failed} failed${more} (${seconds.toFixed(1)} s)`);
    for (const title of skipped) console.log(`          skipped: ${title}`);
  }
  const sum = (count: 'passed' | 'failed') => results.reduce((total, result) => total + result[count], 0);
  process.exitCode = sum('failed') > 0 ? 1 : 0;
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
}
