// What is done to a user, one after the other, in the order in which it was given.

export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();
  #saves = 0;

  /** How many saves have begun: what was read before the last of them may be older than what it has made. */
  get saves(): number {
    return this.#saves;
  }

  /** Runs `task` once every earlier one has ended, however it ended. */
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

  /** Reads in between two saves, again where one has begun meanwhile. `saves` says until when the answer stands. */
  async read<T>(task: () => Promise<T>): Promise<{ readonly answer: T; readonly saves: number }> {
    for (;;) {
      await this.#last;
      const saves = this.#saves;
      const answer = await task();
      if (this.#saves === saves) return { answer, saves };
    }
  }
}
