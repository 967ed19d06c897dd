// Runs the tasks of one user one after the other, in order.

export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();
  #saves = 0;

  /** How many saves have begun. A state that was read before the last one began may be outdated. */
  get saves(): number {
    return this.#saves;
  }

  /** Runs `task` after all earlier ones have ended, whether they failed or not. */
  run<T>(task: () => Promise<T>): Promise<T> {
    const run = this.#last.then(task, task);
    this.#last = run.catch(() => undefined);
    return run;
  }

  save<T>(task: () => Promise<T>): Promise<T> {
    return this.run(() => {
      this.#saves++;
      return task();
    });
  }

  /** Reads between two saves; reads again if a save has begun meanwhile. The answer is valid until `saves` changes. */
  async read<T>(task: () => Promise<T>): Promise<{ readonly answer: T; readonly saves: number }> {
    for (;;) {
      await this.#last;
      const saves = this.#saves;
      const answer = await task();
      if (this.#saves === saves) return { answer, saves };
    }
  }
}
