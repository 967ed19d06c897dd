// The texts of a document from the announcement of a save to its write, each with the base that it had. Knows no VS Code.
import type { Sections } from '../metadata/document';

/** More than people and formatters make in that time. */
const TEXTS_KEPT = 16;

/**
 * Until the write arrives, a reload or a merge can put another text in place of the one that is written, and the newer one
 * has taken in more.
 */
export class AnnouncedTexts {
  readonly #bases = new Map<string, Sections | undefined>();

  get isEmpty(): boolean {
    return this.#bases.size === 0;
  }

  note(text: string, base: Sections | undefined): void {
    this.#bases.set(text, base);
    // A save that was announced and never came must not collect texts for ever.
    if (this.#bases.size > TEXTS_KEPT) this.#bases.clear();
  }

  /** The base of `text`, which is written now; `otherwise` where nobody has announced it. */
  take(text: string, otherwise: Sections | undefined): Sections | undefined {
    const base = this.#bases.has(text) ? this.#bases.get(text) : otherwise;
    this.#bases.clear();
    return base;
  }

  clear(): void {
    this.#bases.clear();
  }
}
