// The text of a user's file: what a read gives, what readers were given, and what of it the document has come to show.
import { formatDocument, type Sections } from '../metadata/document';

/** What a reader was given, and the text that stood in the document then: a reload puts the one in place of the other. */
interface Given {
  readonly metadata: Sections;
  before: string | undefined;
}

/** A text that the document has just come to show, and what it stands for. */
export interface Shown {
  readonly metadata: Sections;
  /** What it was put in place of; undefined where nothing was. */
  readonly before: string | undefined;
}

export class DocumentFile {
  #text: string | undefined;
  #metadata: Sections | undefined;
  #mtime = nextMtime();
  /** Texts that VS Code may come to show without unsaved changes: by a read, or by undoing. */
  readonly #given = new Map<string, Given>();
  #shown: string | undefined;

  /** Undefined until something was received. */
  get text(): string | undefined {
    return this.#text;
  }

  get metadata(): Sections | undefined {
    return this.#metadata;
  }

  /** Grows with each change of the text. */
  get mtime(): number {
    return this.#mtime;
  }

  /** From now on a read gives the document of `metadata`. */
  set(metadata: Sections): void {
    this.#set(formatDocument(metadata), metadata);
  }

  /** The document was saved as `text`, which stands for `metadata`, and goes on showing it. */
  saved(text: string, metadata: Sections): void {
    this.#set(text, metadata);
    this.#shown = text;
    // Older texts are history: back at one of them, by undoing, the document holds unsaved changes.
    this.#given.clear();
    this.#given.set(text, { metadata, before: undefined });
  }

  /**
   * The text for a reader, who may come to show it.
   *
   * @param before the document's text now, if there is one
   */
  read(before?: string): string | undefined {
    if (this.#text === undefined || !this.#metadata) return undefined;
    this.#given.delete(this.#text);
    this.#given.set(this.#text, { metadata: this.#metadata, before });
    return this.#text;
  }

  /** Whether a text was given to a reader who may be about to put it in place of the document's. */
  get mayBeReloaded(): boolean {
    for (const { before } of this.#given.values()) if (before !== undefined) return true;
    return false;
  }

  /**
   * Hears a change of the document's text while it may be reloaded: a reload only ever follows the text that it was read for.
   *
   * A reload that changes the line ends does so first, in the old text.
   *
   * @param now the text; undefined for a change that cannot be a reload
   */
  changed(now: string | undefined): void {
    for (const [text, given] of this.#given) {
      const isReload = now !== undefined && [text, given.before].some(one => isSameButLineEnds(one, now));
      if (!isReload) given.before = undefined;
    }
  }

  /** Hears a text that the document shows without unsaved changes; undefined for one that no reader was given. */
  show(text: string): Shown | undefined {
    const given = this.#given.get(text);
    if (!given) return undefined;
    // What was given earlier can no longer come to be shown, but by undoing.
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
 * Milliseconds since the epoch, as a file system gives them, but never the same twice: VS Code takes a file for unchanged
 * whose time and size are. Later than any of an earlier extension host, whose times VS Code may remember.
 */
function nextMtime(): number {
  lastMtime = Math.max(Date.now(), lastMtime + 1);
  return lastMtime;
}
