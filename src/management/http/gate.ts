// So many at once, the others in the order in which they came.

export class Gate {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(places: number) {
    this.#free = places;
  }

  /** Calls `start` now or when a place is free. Call what it returns, once, at the end, or to give up waiting. */
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
    // Those that are given up together must not let each other in first.
    queueMicrotask(() => {
      if (this.#free === 0) return;
      const next = this.#waiting.shift();
      if (!next) return;
      this.#free--;
      next();
    });
  }
}
