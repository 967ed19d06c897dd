// The saves of one document: one at a time, and at most one that waits. VS Code calls it a task sequentializer.

interface Running {
  readonly version: number;
  readonly done: Promise<void>;
  cancel(): void;
}

interface Waiting {
  run: () => Promise<void>;
  readonly done: Promise<void>;
  settle(result: Promise<void>): void;
}

export class Turns {
  #running: Running | undefined;
  #waiting: Waiting | undefined;

  get running(): Promise<void> | undefined {
    return this.#running?.done;
  }

  /** With a version, whether that one is being saved. */
  isRunning(version?: number): boolean {
    return !!this.#running && (version === undefined || this.#running.version === version);
  }

  /** A step of a save takes the place of the one before it. */
  run(version: number, done: Promise<void>, cancel: () => void = () => undefined): Promise<void> {
    this.#running = { version, done, cancel };
    const end = () => this.#end(version);
    done.then(end, end);
    return done;
  }

  /** Asks what runs to end without a write if it still can. */
  cancel(): void {
    this.#running?.cancel();
  }

  /** What waited already is replaced, and those who waited for it wait for this. */
  queue(run: () => Promise<void>): Promise<void> {
    if (this.#waiting) this.#waiting.run = run;
    else {
      let settle: Waiting['settle'] = () => undefined;
      const done = new Promise<void>(resolve => {
        settle = resolve;
      });
      this.#waiting = { run, done, settle };
    }
    return this.#waiting.done;
  }

  #end(version: number): void {
    if (this.#running?.version !== version) return;
    this.#running = undefined;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.settle(waiting.run());
  }
}
