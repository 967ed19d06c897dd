// Which JSON values are equal, told by a number: long arrays are compared without comparing each item with each.
import { normalNumber } from './number';
import type { JsonValue } from './value';

/** Gives equal values the same number. A value is looked at once, however often it is asked for. No recursion. */
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

  /** Of a container, the classes of its children: what stands in them was looked at before. */
  #shape(value: JsonValue): string {
    switch (value.type) {
      case 'object': {
        const members = value.members.map(({ key, value: of }) => `${JSON.stringify(key)}:${this.#known.get(of)}`);
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
  return value.type === 'object' ? value.members.map(({ value: of }) => of) : [];
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
