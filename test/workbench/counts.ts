// What a test run comes to, and how it travels between processes.
import { readFileSync, writeFileSync } from 'node:fs';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** Titles, with the reason where one is given. */
  readonly skipped: readonly string[];
}

export function writeCounts(file: string, counts: Counts): void {
  writeFileSync(file, JSON.stringify(counts));
}

/** @throws Error if the file does not hold what `writeCounts` writes */
export function readCounts(file: string): Counts {
  const counts: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isCounts(counts)) throw new Error('The results of the test run cannot be read.');
  return counts;
}

function isCounts(value: unknown): value is Counts {
  if (typeof value !== 'object' || value === null) return false;
  if (!('passed' in value && 'failed' in value && 'skipped' in value)) return false;
  const { passed, failed, skipped } = value;
  return Number.isInteger(passed) && Number.isInteger(failed) && Array.isArray(skipped);
}
