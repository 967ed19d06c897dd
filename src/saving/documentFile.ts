// The text of a user's file: what a read returns, which texts were read, and which of them the document shows.
import { formatDocument, type Sections } from '../metadata/document';

/** A text that was read, and the document's text at that time: a reload replaces the second by the first. */
interface Given {
  readonly metadata: Sections;
  before: string | undefined;
}

/** The content of a text that the document has just begun to show. */
export interface Shown {
  readonly metadata: Sections;
  /** The text that it replaced; undefined if there was none. */
  readonly before: string | undefined;
}

export class DocumentFile {
  #text: string | undefined;
  #metadata: Sections | undefined;
  #mtime = nextMtime();
  /** Texts that VS Code may later show without unsaved changes, after a read or an undo. */
  readonly #given = new Map<string, Given>();
  #shown: string | undefined;

  /** Undefined until a server state was received. */
  get text(): string | undefined {
    return this.#text;
  }

  get metadata(): Sections | undefined {
    return this.#metadata;
  }

  /** Increases with each change of the text. */
  get mtime(): number {
    return this.#mtime;
  }

  /** Later reads return the document of `metadata`. */
  set(metadata: Sections): void {
    this.#set(formatDocument(metadata), metadata);
  }

  /** Call when the document was saved as `text` with the content `metadata`, and still shows it. */
  saved(text: string, metadata: Sections): void {
    this.#set(text, metadata);
    this.#shown = text;
    // If undo brings back an older text, the document has unsaved changes.
    this.#given.clear();
    this.#given.set(text, { metadata, before: undefined });
  }

  /**
   * The text for a reader, which may show it later.
   *
   * @param before the document's current text, if there is a document
   */
  read(before?: string): string | undefined {
    if (this.#text === undefined || !this.#metadata) return undefined;
    this.#given.delete(this.#text);
    this.#given.set(this.#text, { metadata: this.#metadata, before });
    return this.#text;
  }

  /** Whether a text was read that may still replace the document's text. */
  get mayBeReloaded(): boolean {
    for (const { before } of this.#given.values()) if (before !== undefined) return true;
    return false;
  }

  /**
   * Call with each change of the document's text while it may be reloaded. A reload only replaces the text that the
   * document had at the read. If the line ends change too, a reload changes them first, in the old text.
   *
   * @param now the text; undefined for a change that cannot be a reload
   */
  changed(now: string | undefined): void {
    for (const [text, given] of this.#given) {
      const isReload = now !== undefined && [text, given.before].some(one => isSameButLineEnds(one, now));
      if (!isReload) given.before = undefined;
    }
  }

  /** Call with a text that the document shows without unsaved changes. Undefined if that text was not read. */
  show(text: string): Shown | undefined {
    const given = this.#given.get(text);
    if (!given) return undefined;
    // Only undo can bring back a text that was read earlier.
    for (const earlier of this.#given.keys()) {
      if (earlier === text) break;
      this.#given.delete(earlier);
    }
    this.#shown = text;
    const { metadata, before } = given;
    given.before = undefined;
    return { metadata, before };
  }

  /** Whether `text` is what the document last showed without unsaved changes. */
  isShown(text: string): boolean {
    return text === this.#shown;
  }

  #set(text: string, metadata: Sections): void {
    if (text !== this.#text) this.#mtime = nextMtime();
    this.#text = text;
    this.#metadata = metadata;
  }
}

function isSameButLineEnds(a: string | undefined, b: string): boolean {
  return a === b || a?.replaceAll('\r\n', '\n') === b.replaceAll('\r\n', '\n');
}

let lastMtime = 0;

/**
 * Milliseconds since the epoch, as in a file system, but never the same twice: if time and size are unchanged, VS Code
 * assumes an unchanged file. Also later than all times of an earlier extension host, which VS Code may remember.
 */
function nextMtime(): number {
  lastMtime = Math.max(Date.now(), lastMtime + 1);
  return lastMtime;
}
