// Step 3 of a plan: the server's values that it removes or replaces. A save asks about these.
import { ValueClasses } from '../json/classes';
import { jsonEqual, scalarsEqual } from '../json/equal';
import { pathTo, type Step } from '../json/path';
import { findMember, type JsonPath, type JsonValue, memberAt } from '../json/value';
import { arrayChange, type Equality } from './arrayDiff';
import { SECTIONS, type Sections } from './document';

/** A value on the server that the plan removes or replaces; `after` is undefined for a removal. */
export interface Replacement {
  readonly path: JsonPath;
  readonly before: JsonValue;
  readonly after: JsonValue | undefined;
}

export interface Warnings {
  /** Values below a root key that are removed or replaced. */
  readonly replacements: readonly Replacement[];
  /** Root keys that are removed. */
  readonly removals: readonly Replacement[];
}

/** The values that are lost when the server's state changes from `remote` to `after`, in the order of `remote`. */
export function warningsOf(remote: Sections, after: Sections): Warnings {
  const replacements: Replacement[] = [];
  const removals: Replacement[] = [];
  for (const section of SECTIONS) {
    if (remote[section] === after[section]) continue;
    for (const [i, member] of remote[section].members.entries()) {
      // Most members are held afterwards as they are.
      if (member === after[section].members[i]) continue;
      const { key, value: before } = member;
      const now = memberAt(after[section], key, i)?.value;
      const path = [section, key];
      if (!now) removals.push({ path, before, after: undefined });
      // Not a spread: hundreds of thousands of arguments would overflow the stack.
      else if (now !== before) for (const lost of nestedReplacements(before, now, path)) replacements.push(lost);
    }
  }
  return { replacements, removals };
}

/** `after` is undefined if the value is removed. */
interface Pair {
  readonly before: JsonValue;
  readonly after: JsonValue | undefined;
  /** Undefined for the root value itself. */
  readonly step: Step | undefined;
  readonly depth: number;
}

/** From this depth on, values are compared by class: comparing whole subtrees at every level is quadratic. */
const DEEP = 32;

/**
 * The values that are lost if `merged` replaces `theirs`, in document order: keys and array items that are removed or
 * get another value, at any depth. Additions do not count. Neither does a root value without children that is typed
 * over, because the user sees that value.
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
    // In reverse order, so that the first is popped first. Not a spread: there can be too many arguments.
    for (const child of children?.below.reverse() ?? []) pending.push(child);
  }
  return found;
}

interface Children {
  readonly below: Pair[];
  readonly moved: boolean;
}

/** The children of `before` that are removed or may change; all of them if `after` is of another kind. */
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
