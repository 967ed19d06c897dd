// Runs test files of node:test, each in a process of its own, and counts.
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import type { Counts } from './counts';

/**
 * Prints a report as it goes. A file that crashes counts as a failed test, a suite that is skipped as one skipped test:
 * what stands in it is not even looked at.
 */
export async function runNodeTests(files: readonly string[], concurrency: number): Promise<Counts> {
  const skipped: string[] = [];
  let passed = 0;
  let failed = 0;
  const events = run({ files: [...files], concurrency });
  events.on('test:fail', ({ details, todo }) => {
    if (details.type !== 'suite' && todo === undefined) failed += 1;
  });
  events.on('test:pass', ({ details, name, skip, todo }) => {
    const reason = skip ?? (details.type === 'suite' ? undefined : todo);
    if (reason !== undefined) skipped.push(typeof reason === 'string' ? `${name} (${reason})` : name);
    else if (details.type !== 'suite') passed += 1;
  });
  for await (const text of events.compose(new spec())) process.stdout.write(String(text));
  return { passed, failed, skipped };
}
