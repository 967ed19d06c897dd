// What a measurement takes: lists of numbers by name.

export type Samples = Readonly<Record<string, readonly number[]>>;

/** The samples named `name`. @throws Error when none were taken */
export function samplesOf(samples: Samples, name: string): readonly number[] {
  const list = samples[name];
  if (!list?.length) throw new Error(`there are no samples of ${name}`);
  return list;
}

export function isSamples(value: unknown): value is Samples {
  const isList = (list: unknown) => Array.isArray(list) && list.every(item => typeof item === 'number');
  return typeof value === 'object' && value !== null && Object.values(value).every(isList);
}

/** Runs `task` and adds how long it took, in ms, to `samples`. */
export async function timed<T>(samples: number[], task: () => Promise<T> | T): Promise<T> {
  const start = performance.now();
  const result = await task();
  samples.push(performance.now() - start);
  return result;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  if (low === undefined || high === undefined) throw new Error('there is no median of nothing');
  return (low + high) / 2;
}
