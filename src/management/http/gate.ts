// Limits how many tasks run at once. The others wait in order.

export class Gate {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(places: number) {
    this.#free = places;
  }

  /** Calls `start` now or when a place is free. Call the returned function once: at the end, or to stop waiting. */
  enter(start: () => void): () => void {
    let isIn = false;
    const enter = () => {
      isIn = true;
      start();
    };
    if (this.#free === 0) this.#waiting.push(enter);
    else {
      this.#free--;
      enter();
    }
    return () => {
      if (isIn) this.#leave();
      else this.#waiting.splice(this.#waiting.indexOf(enter), 1);
    };
  }

  #leave(): void {
    this.#free++;
    // Deferred: if several tasks are cancelled together, the first must not start the next one.
    queueMicrotask(() => {
      if (this.#free === 0) return;
      const next = this.#waiting.shift();
      if (!next) return;
      this.#free--;
      next();
    });
  }
}
