// The child's side of a measurement in a process of its own: its argument, questions to the parent, its result.

/** Lists of numbers by name. */
export type Samples = Readonly<Record<string, readonly number[]>>;

/** Runs `measure` with the parent's argument and hands its samples over; ends the process. */
export function runChild(measure: (argument: Readonly<Record<string, string>>) => Promise<Samples>): void {
  measure(JSON.parse(process.argv[2] ?? '{}')).then(
    samples => end({ samples }, 0),
    (error: unknown) => end({ error: error instanceof Error ? String(error.stack) : String(error) }, 1),
  );
}

/** Asks the parent for a number, such as how many requests its server has had. */
export function ask(question: string): Promise<number> {
  return new Promise(resolve => {
    process.once('message', message => resolve(Number(message)));
    process.send?.({ question });
  });
}

/** Runs `task` and adds how long it took, in ms, to `samples`. */
export async function timed<T>(samples: number[], task: () => Promise<T> | T): Promise<T> {
  const start = performance.now();
  const result = await task();
  samples.push(performance.now() - start);
  return result;
}

function end(message: object, code: number): void {
  process.send?.(message, () => process.exit(code));
}
