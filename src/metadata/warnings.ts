// Third part of a plan: what of the server's values it takes away. That is what a save asks about.
import { ValueClasses } from '../json/classes';
import { jsonEqual, scalarsEqual } from '../json/equal';
import { pathTo, type Step } from '../json/path';
import { findMember, type JsonPath, type JsonValue, memberAt } from '../json/value';
import { arrayChange, type Equality } from './arrayDiff';
import { SECTIONS, type Sections } from './document';

/** A value on the server that the plan takes away; `after` is undefined where nothing comes in its place. */
export interface Replacement {
  readonly path: JsonPath;
  readonly before: JsonValue;
  readonly after: JsonValue | undefined;
}

export interface Warnings {
  /** Below a root key: what goes, or gets another value. */
  readonly replacements: readonly Replacement[];
  /** Root keys that go. */
  readonly removals: readonly Replacement[];
}

/** What is lost where the server, which holds `remote`, comes to hold `after`: in the order of `remote`. */
export function warningsOf(remote: Sections, after: Sections): Warnings {
  const replacements: Replacement[] = [];
  const removals: Replacement[] = [];
  for (const section of SECTIONS) {
    if (remote[section] === after[section]) continue;
    for (const [i, { key, value: before }] of remote[section].members.entries()) {
      const now = memberAt(after[section], key, i)?.value;
      const path = [section, key];
      if (!now) removals.push({ path, before, after: undefined });
      // One by one: a spread would put hundreds of thousands of them on the stack.
      else if (now !== before) for (const lost of nestedReplacements(before, now, path)) replacements.push(lost);
    }
  }
  return { replacements, removals };
}

/** `after` is undefined where the value goes. */
interface Pair {
  readonly before: JsonValue;
  readonly after: JsonValue | undefined;
  /** Undefined for the root value itself. */
  readonly step: Step | undefined;
  readonly depth: number;
}

/** From this depth on values are compared by their class: each level comparing all that is below it would be quadratic. */
const DEEP = 32;

/**
 * What `theirs` loses if `merged` is put in its place, in document order: keys and items of arrays that go, and those that
 * get another value. One rule at every depth. Additions are none; nor is a root value with nothing below it that is
 * typed over: that value is what the user sees.
 */
function nestedReplacements(theirs: JsonValue, merged: JsonValue, path: JsonPath): Replacement[] {
  const found: Replacement[] = [];
  const classes = new ValueClasses();
  const classOf = (value: JsonValue) => classes.of(value);
  const flat: Equality = { same: jsonEqual, classOf };
  const deep: Equality = { same: (a, b) => classOf(a) === classOf(b), classOf };
  const pending: Pair[] = [{ before: theirs, after: merged, step: undefined, depth: 0 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { before, after, step, depth } = next;
    const children = after && childPairs({ ...next, after }, depth < DEEP ? flat : deep);
    const isTypedOver = after && !scalarsEqual(before, after) && !children?.below.length && !isSameKind(before, after);
    if (!after || children?.moved || (step && isTypedOver)) found.push({ path: pathTo(path, step), before, after });
    // From the last to the first, so that the first is taken from the stack first. A spread would be too many arguments.
    for (const child of children?.below.reverse() ?? []) pending.push(child);
  }
  return found;
}

interface Children {
  readonly below: Pair[];
  readonly moved: boolean;
}

/** What stands below `before` and goes or changes; all of it, where `after` is of another kind. */
function childPairs(
  { before, after, step: parent, depth }: Pair & { readonly after: JsonValue },
  equality: Equality,
): Children {
  const pair = (key: string | number, old: JsonValue, now: JsonValue | undefined): Pair => {
    return { before: old, after: now, step: { parent, key }, depth: depth + 1 };
  };
  if (before.type === 'object') {
    const kept = after.type === 'object' ? after : undefined;
    const below: Pair[] = [];
    for (const { key, value } of before.members) {
      const now = kept && findMember(kept, key)?.value;
      if (!now || !scalarsEqual(value, now)) below.push(pair(key, value, now));
    }
    return { below, moved: false };
  }
  if (before.type !== 'array') return { below: [], moved: false };
  if (after.type !== 'array') return { below: before.items.map((item, i) => pair(i, item, undefined)), moved: false };
  const { items, moved } = arrayChange(before.items, after.items, equality);
  return { below: items.map(item => pair(item.index, item.before, item.after)), moved };
}

function isSameKind(before: JsonValue, after: JsonValue): boolean {
  return before.type === after.type && (before.type === 'object' || before.type === 'array');
}
