// How many random cases a test plays, and which ones.
import type { Parameters } from 'fast-check';

/** A few in every test run; in a soak as many as the variable says. One case takes from microseconds to seconds. */
const KINDS = {
  /** Of a pure function. */
  property: { variable: 'FC_RUNS', few: 2_000 },
  /** Minutes of a queue of requests, in virtual time. */
  queue: { variable: 'QUEUES', few: 100 },
  /** Lives of a document against the real client and the sandbox. */
  sequence: { variable: 'RUNS', few: 300 },
  /** Lives of a document in the real VS Code. */
  history: { variable: 'HISTORIES', few: 300 },
  /** The same life in VS Code and in its stand-in. */
  calibration: { variable: 'CALIBRATIONS', few: 60 },
} as const;

type CaseKind = keyof typeof KINDS;

export function isSoak(kind: CaseKind): boolean {
  return process.env[KINDS[kind].variable] !== undefined;
}

export function countOf(kind: CaseKind): number {
  const { variable, few } = KINDS[kind];
  return Number(process.env[variable] ?? few);
}

/**
 * The same cases in every test run, so that what makes one fail is the change; a soak gets new ones.
 * `SEED=… REPLAY=…` with the seed and the path that a failure has printed repeat it alone.
 */
export function cases<T>(kind: CaseKind): Parameters<T> {
  const { SEED, REPLAY } = process.env;
  return {
    numRuns: countOf(kind),
    includeErrorInReport: true,
    ...(!isSoak(kind) && { seed: 1 }),
    ...(SEED && { seed: Number(SEED) }),
    ...(REPLAY && { path: REPLAY }),
  };
}
