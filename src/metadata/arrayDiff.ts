// Compares an array with its replacement: which items are removed or changed, and whether the others keep their order.
import type { JsonValue } from '../json/value';

export interface ItemChange {
  /** Index of the item in the old array. */
  readonly index: number;
  readonly before: JsonValue;
  /** Undefined if nothing replaces the item. */
  readonly after: JsonValue | undefined;
}

export interface ArrayChange {
  readonly items: readonly ItemChange[];
  /** Whether the remaining items are in a different order. */
  readonly moved: boolean;
}

export interface Equality {
  readonly same: (a: JsonValue, b: JsonValue) => boolean;
  /** Equal values have the same number. Costs more than one comparison, but less than many. */
  readonly classOf: (value: JsonValue) => number;
}

/**
 * What `after` has lost of `before`. Items are matched by value, not by index, so an inserted item counts as no change.
 * Between two matched items, old and new ones are paired in order.
 */
export function arrayChange(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  equality: Equality,
): ArrayChange {
  const [start, end] = commonEnds(before, after, equality);
  const [a, b] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  const change = typedOver(a, b, equality) ?? realigned(a, b, equality);
  return start ? { ...change, items: change.items.map(item => ({ ...item, index: item.index + start })) } : change;
}

/** How many items are equal at the start and at the end. */
function commonEnds(a: readonly JsonValue[], b: readonly JsonValue[], { same }: Equality): [number, number] {
  const isSame = (x: JsonValue | undefined, y: JsonValue | undefined) =>
    x !== undefined && y !== undefined && same(x, y);
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && isSame(a[start], b[start])) start++;
  let end = 0;
  while (end < shorter - start && isSame(a.at(-1 - end), b.at(-1 - end))) end++;
  return [start, end];
}

/** Fast path without classes, for arrays of equal length in which no item has moved. Undefined for all others. */
function typedOver(a: readonly JsonValue[], b: readonly JsonValue[], { same }: Equality): ArrayChange | undefined {
  if (a.length !== b.length) return undefined;
  const items: ItemChange[] = [];
  for (const [index, before] of a.entries()) {
    const after = b[index];
    if (after && !same(before, after)) items.push({ index, before, after });
  }
  const news = new Set(items.map(({ after }) => after && hint(after)));
  return items.length > 1 && items.some(({ before }) => news.has(hint(before))) ? undefined : { items, moved: false };
}

function realigned(before: readonly JsonValue[], after: readonly JsonValue[], { classOf }: Equality): ArrayChange {
  const hints = before.map(hint);
  const [hintsBefore, hintsAfter] = [new Set(hints), new Set(after.map(hint))];
  // An item without an equal hint on the other side has no match there, and needs no class.
  const a = before.map((item, i) => (hintsAfter.has(hints[i] ?? 0) ? classOf(item) : -1));
  const b = after.map(item => (hintsBefore.has(hint(item)) ? classOf(item) : -2));
  if (isSubsequence(a, b)) return { items: [], moved: false };
  const partners = partnersOf(a, b);
  const inOrder = longestIncreasing(partners);
  const taken = new Set(partners);
  const items: ItemChange[] = [];
  let lost: number[] = [];
  let from = 0;
  for (let i = 0; i <= a.length; i++) {
    const partner = i === a.length ? b.length : inOrder.get(i);
    if (partner === undefined) {
      if (partners[i] === undefined) lost.push(i);
      continue;
    }
    for (const index of lost) {
      while (from < partner && taken.has(from)) from++;
      const old = before[index];
      if (old) items.push({ index, before: old, after: from < partner ? after[from++] : undefined });
    }
    lost = [];
    from = partner + 1;
  }
  return { items, moved: partners.some((partner, i) => partner !== undefined && !inOrder.has(i)) };
}

/** A cheap hash: equal for equal values, mostly different for others. Looks at most one level down. */
function hint(value: JsonValue): number {
  if (value.type === 'array') return value.items.reduce((sum, item) => (sum * 31 + shallow(item)) | 0, 1);
  // A sum, because the order of keys does not count.
  if (value.type === 'object') {
    return value.members.reduce((sum, { key, value: of }) => (sum + key.length * 31 * shallow(of)) | 0, 2);
  }
  return shallow(value);
}

function shallow(value: JsonValue): number {
  switch (value.type) {
    case 'string':
      return (value.value.length * 31 + (value.value.charCodeAt(0) || 0)) | 0;
    case 'number':
      return Number(value.text) | 0;
    case 'array':
      return value.items.length + 3;
    case 'object':
      return value.members.length + 5;
    default:
      return value.type === 'null' ? 7 : Number(value.value);
  }
}

function isSubsequence(a: readonly number[], b: readonly number[]): boolean {
  let found = 0;
  for (const each of b) if (each === a[found]) found++;
  return found === a.length;
}

/** For each item of `a`, the index of an equal one in `b`. Equal items are matched in order. */
function partnersOf(a: readonly number[], b: readonly number[]): readonly (number | undefined)[] {
  const free = new Map<number, number[]>();
  for (let j = b.length - 1; j >= 0; j--) {
    const like = b[j] ?? -1;
    const places = free.get(like);
    if (places) places.push(j);
    else free.set(like, [j]);
  }
  return a.map(like => free.get(like)?.pop());
}

/** The longest increasing subsequence of `places`, as index → place. Patience sorting. */
function longestIncreasing(places: readonly (number | undefined)[]): ReadonlyMap<number, number> {
  /** At n: the smallest place that ends a subsequence of length n + 1, and its index. */
  const ends: { readonly index: number; readonly place: number }[] = [];
  const previous: (number | undefined)[] = [];
  for (const [index, place] of places.entries()) {
    if (place === undefined) continue;
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle]?.place ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    previous[index] = ends[low - 1]?.index;
    ends[low] = { index, place };
  }
  const run = new Map<number, number>();
  for (let index = ends.at(-1)?.index; index !== undefined; index = previous[index]) run.set(index, places[index] ?? 0);
  return run;
}
