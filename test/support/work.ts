// Work, counted instead of timed: how often V8 has executed each block of a test's bundle, which holds all of our code that
// the test runs. Exact, and the same on every machine. What the engine does inside (patterns, slices) is not in it.
import { Session } from 'node:inspector';
import { pathToFileURL } from 'node:url';

/** Counts from `start` on. One at a time. */
export class Work {
  readonly #session = new Session();
  readonly #bundle: string;

  /** @param bundle the test's `__filename` */
  private constructor(bundle: string) {
    this.#bundle = pathToFileURL(bundle).href;
    this.#session.connect();
    this.#session.post('Profiler.enable');
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  static start(bundle: string): Work {
    return new Work(bundle);
  }

  /** Executions of blocks since it was last asked, or started. */
  take(): number {
    let executions = Number.NaN;
    // Answered before `post` returns: the session is in this thread.
    this.#session.post('Profiler.takePreciseCoverage', (error, taken) => {
      if (error) throw error;
      executions = 0;
      for (const { url, functions } of taken.result) {
        if (url !== this.#bundle && !this.#bundle.endsWith(url)) continue;
        for (const { ranges } of functions) for (const { count } of ranges) executions += count;
      }
    });
    return executions;
  }

  stop(): void {
    this.#session.disconnect();
  }
}
