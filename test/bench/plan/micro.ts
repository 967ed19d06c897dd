// tinybench, for functions: medians of rounds in which the contenders take turns.
import { Bench } from 'tinybench';

export interface MicroOptions {
  /** Of each contender in each round. */
  readonly timeMs: number;
  /** At least so many runs in that: a busy machine gives little of the time. Default 3. */
  readonly iterations?: number;
  readonly rounds: number;
}

/**
 * The median time of each function in ms: of the rounds, the fastest. Noise of the machine only ever adds time, and
 * as the contenders take turns within each round it does not fall on one of them alone.
 *
 * @throws what a function throws
 */
export async function medianMs(
  contenders: ReadonlyMap<string, () => unknown>,
  { timeMs, rounds, iterations = 3 }: MicroOptions,
): Promise<Map<string, number>> {
  const best = new Map<string, number>();
  for (let round = 0; round < rounds; round++) {
    const warmup = { warmupTime: timeMs / 4, warmupIterations: Math.ceil(iterations / 2) };
    const bench = new Bench({ time: timeMs, iterations, ...warmup, throws: true });
    for (const [name, run] of contenders) {
      bench.add(name, () => {
        sink = run();
      });
    }
    await bench.run();
    for (const { name, result } of bench.tasks) {
      if (result.state !== 'completed') throw new Error(`${name} was not measured: ${result.state}`);
      best.set(name, Math.min(best.get(name) ?? Number.POSITIVE_INFINITY, result.latency.p50));
    }
  }
  return best;
}

/** Exported, so that no result counts as unused. */
export let sink: unknown;
