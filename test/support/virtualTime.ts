// Time that passes only when a test says so: what is due runs at once, in order.
import type { Clock } from '../../src/management/budget/clock';

interface Due {
  readonly atMs: number;
  readonly task: () => void;
}

/** Of what is due in one run. */
const MOST = 20_000;

export class VirtualTime implements Clock {
  #nowMs: number;
  readonly #due = new Set<Due>();

  constructor(nowMs: number) {
    this.#nowMs = nowMs;
  }

  /** Timers that have not run. */
  get pending(): number {
    return this.#due.size;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, task: () => void): () => void {
    const due = { atMs: this.#nowMs + Math.max(0, delayMs), task };
    this.#due.add(due);
    return () => this.#due.delete(due);
  }

  wait(delayMs: number): Promise<void> {
    return new Promise(resolve => this.after(delayMs, resolve));
  }

  /** Until then, or until nothing is due any more. */
  async run(untilMs = Number.POSITIVE_INFINITY): Promise<void> {
    await settled();
    for (let i = 0; ; i++) {
      if (i > MOST) throw new Error('there is no end to it');
      if (!this.step(untilMs)) break;
      await settled();
    }
    if (untilMs < Number.POSITIVE_INFINITY) this.#nowMs = Math.max(this.#nowMs, untilMs);
  }

  /** Runs what is due next. @returns false if nothing is due until then */
  protected step(untilMs = Number.POSITIVE_INFINITY): boolean {
    let next: Due | undefined;
    for (const due of this.#due) if (!next || due.atMs < next.atMs) next = due;
    if (!next || next.atMs > untilMs) return false;
    this.#due.delete(next);
    this.#nowMs = next.atMs;
    next.task();
    return true;
  }
}

/** All chains of promises have come to a stop by then. A turn of the event loop costs less than a few promises in a test. */
function settled(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}
