// Selects the attributes of a user for `fields` and `include_fields`, and writes them as JSON.
import type { User } from './user';

/** Caches texts per value: users and search results are immutable, so a text is valid as long as its value exists. */
export class Projection {
  readonly #keeps: ((attribute: string) => boolean) | undefined;
  readonly #texts = new WeakMap<User, string>();
  readonly #pages = new WeakMap<readonly User[], Map<string, Page>>();

  /** @param keeps undefined: every attribute. */
  constructor(keeps?: (attribute: string) => boolean) {
    this.#keeps = keeps;
  }

  /** @throws RangeError for metadata nested deeper than JavaScript can write (thousands of levels). */
  textOf(user: User): string {
    let text = this.#texts.get(user);
    if (text === undefined) {
      const keeps = this.#keeps;
      const entries = keeps && Object.entries(user).filter(([attribute]) => keeps(attribute));
      text = JSON.stringify(entries ? Object.fromEntries(entries) : user);
      this.#texts.set(user, text);
    }
    return text;
  }

  /** A JSON array of these users. */
  arrayOf(users: readonly User[]): string {
    return `[${users.map(user => this.textOf(user)).join(',')}]`;
  }

  /** A JSON array of a part of a search result. Cached, because lists are often requested again without a write. */
  pageOf(result: readonly User[], start: number, end: number): Page {
    const pages = this.#pages.get(result) ?? new Map<string, Page>();
    this.#pages.set(result, pages);
    const key = `${start}-${end}`;
    const page = pages.get(key) ?? pageOfText(this.arrayOf(result.slice(start, end)));
    pages.set(key, page);
    return page;
  }
}

/** A text with its length in UTF-8: counting it each time costs a third as much as the whole request. */
export interface Page {
  readonly text: string;
  readonly bytes: number;
}

function pageOfText(text: string): Page {
  return { text, bytes: Buffer.byteLength(text) };
}

/** Requests use few different projections: the last ones are kept, with their texts. */
const KEPT_PROJECTIONS = 16;

export class Projections {
  readonly whole = new Projection();
  readonly #recent = new Map<string, Projection>();

  /** `fields` absent or empty means everything, whatever `include_fields` says (recorded). */
  of(fields: readonly string[], include: boolean): Projection {
    if (fields.length === 0) return this.whole;
    const key = `${include} ${fields.join(',')}`;
    const known = this.#recent.get(key);
    if (known) return known;
    const names = new Set(fields);
    const projection = new Projection(attribute => names.has(attribute) === include);
    const oldest = this.#recent.keys().next();
    if (this.#recent.size >= KEPT_PROJECTIONS && !oldest.done) this.#recent.delete(oldest.value);
    this.#recent.set(key, projection);
    return projection;
  }
}
