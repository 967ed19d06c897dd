// Remembers a document's texts between the announcement of a save and its write, each with its merge base.
import type { Sections } from '../metadata/document';

/** More than typing and formatters produce in that time. */
const TEXTS_KEPT = 16;

/**
 * Before the write arrives, a reload or a merge can replace the text that is being written. The new text has a newer
 * base, which must not be used for the old one.
 */
export class AnnouncedTexts {
  readonly #bases = new Map<string, Sections | undefined>();

  get isEmpty(): boolean {
    return this.#bases.size === 0;
  }

  note(text: string, base: Sections | undefined): void {
    this.#bases.set(text, base);
    // Limits the memory used if an announced save is never written.
    if (this.#bases.size > TEXTS_KEPT) this.#bases.clear();
  }

  /** The base of `text`, which is being written; `otherwise` if it was not announced. */
  take(text: string, otherwise: Sections | undefined): Sections | undefined {
    const base = this.#bases.has(text) ? this.#bases.get(text) : otherwise;
    this.#bases.clear();
    return base;
  }

  clear(): void {
    this.#bases.clear();
  }
}
