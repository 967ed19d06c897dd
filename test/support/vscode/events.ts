// VS Code's events and disposables, as far as the shell uses them.

export class Disposable {
  readonly #dispose: () => unknown;

  constructor(dispose: () => unknown) {
    this.#dispose = dispose;
  }

  static from(...items: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const item of items) item.dispose();
    });
  }

  dispose(): void {
    this.#dispose();
  }
}

export class EventEmitter<T> {
  static #listening = 0;
  readonly #listeners = new Set<(event: T) => unknown>();

  /** How many listeners all emitters have: what is left behind shows in it. */
  static get listening(): number {
    return EventEmitter.#listening;
  }

  readonly event = (listener: (event: T) => unknown): Disposable => {
    const entry = (event: T) => listener(event);
    this.#listeners.add(entry);
    EventEmitter.#listening++;
    return new Disposable(() => {
      if (this.#listeners.delete(entry)) EventEmitter.#listening--;
    });
  };

  fire(event: T): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  dispose(): void {
    EventEmitter.#listening -= this.#listeners.size;
    this.#listeners.clear();
  }
}
