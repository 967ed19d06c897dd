// Numbers the equality classes of JSON values, so that long arrays are compared without comparing every pair of items.
import { normalNumber } from './number';
import type { JsonValue } from './value';

/** Gives equal values the same number. Visits each value once, even if it is asked for again. No recursion. */
export class ValueClasses {
  readonly #classes = new Map<string, number>();
  readonly #known = new Map<JsonValue, number>();

  of(value: JsonValue): number {
    const pending = [value];
    for (let next = pending.at(-1); next; next = pending.at(-1)) {
      const { length } = pending;
      for (const child of childrenOf(next)) if (!this.#known.has(child)) pending.push(child);
      if (pending.length > length) continue;
      pending.pop();
      if (!this.#known.has(next)) this.#known.set(next, this.#classOf(this.#shape(next)));
    }
    return this.#known.get(value) ?? -1;
  }

  #classOf(shape: string): number {
    const known = this.#classes.get(shape) ?? this.#classes.size;
    this.#classes.set(shape, known);
    return known;
  }

  /** A container's shape is made of the classes of its children, which `of` has numbered before. */
  #shape(value: JsonValue): string {
    switch (value.type) {
      case 'object': {
        const members = value.members.map(member => `${JSON.stringify(member.key)}:${this.#known.get(member.value)}`);
        return `{${members.sort(byCodeUnit).join(',')}}`;
      }
      case 'array':
        return `[${value.items.map(item => this.#known.get(item)).join(',')}]`;
      case 'string':
        return JSON.stringify(value.value);
      case 'number':
        return normalNumber(value.text);
      default:
        return value.type === 'null' ? 'null' : String(value.value);
    }
  }
}

function childrenOf(value: JsonValue): readonly JsonValue[] {
  if (value.type === 'array') return value.items;
  return value.type === 'object' ? value.members.map(member => member.value) : [];
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
