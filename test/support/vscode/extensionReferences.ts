// The documents that extensions have asked for: VS Code holds the newest for them, for three minutes.
import type { Reference } from './textFiles';

/** When there are so many, the oldest go. */
const MANY = 60;
const OLDEST = 10;

export class ExtensionReferences {
  #held: Reference[] = [];

  add(reference: Reference): void {
    this.#held.push(reference);
    if (this.#held.length >= MANY) for (const old of this.#held.splice(0, OLDEST)) old.dispose();
  }

  clear(): void {
    for (const reference of this.#held.splice(0)) reference.dispose();
  }

  /** Without telling: the window is closed. */
  forget(): void {
    this.#held = [];
  }
}
