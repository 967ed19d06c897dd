// Tasks one after the other, in the order in which they were given.

export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `task` once every earlier one has ended, however it ended. */
  run<T>(task: () => Promise<T>): Promise<T> {
    const run = this.#last.then(task, task);
    this.#last = run.catch(() => undefined);
    return run;
  }
}
