// `fields` and `include_fields`: which attributes of a user are answered, and their JSON text.
import type { User } from './user';

/** Texts are kept per user value: users are immutable, so a text is good for as long as the value lives. */
export class Projection {
  readonly #keeps: (attribute: string) => boolean;
  readonly #texts = new WeakMap<User, string>();

  constructor(keeps: (attribute: string) => boolean) {
    this.#keeps = keeps;
  }

  /** @throws RangeError for metadata nested deeper than JavaScript can write (thousands of levels). */
  textOf(user: User): string {
    let text = this.#texts.get(user);
    if (text === undefined) {
      const entries = Object.entries(user).filter(([attribute]) => this.#keeps(attribute));
      text = JSON.stringify(Object.fromEntries(entries));
      this.#texts.set(user, text);
    }
    return text;
  }
}

/** Projections seldom differ from one request to the next: the last few stay, with their texts. */
const KEPT_PROJECTIONS = 16;

export class Projections {
  readonly whole = new Projection(() => true);
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
