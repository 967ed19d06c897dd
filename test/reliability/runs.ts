// How many cases, and which: settable, and printed by fast-check when one fails.
import type { Parameters } from 'fast-check';

/** Sequences of a model test: few in every test run, as many as asked for in a soak (`RUNS=20000`). */
export const SEQUENCES = Number(process.env.RUNS ?? 300);

/** `SEED=… REPLAY=…` with the seed and the path that a failure has printed repeat it alone. */
export function seeded<T>(numRuns: number): Parameters<T> {
  const { SEED, REPLAY } = process.env;
  return { numRuns, includeErrorInReport: true, ...(SEED && { seed: Number(SEED) }), ...(REPLAY && { path: REPLAY }) };
}
