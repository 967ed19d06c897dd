// Equality of JSON values: the order of keys and the spelling of numbers and strings do not count.
import { sameNumber } from './number';
import { findMember, type JsonObject, type JsonValue } from './value';

/** Whether two values mean the same. A missing value equals only another missing one. No recursion. */
export function jsonEqual(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (!a || !b) return a === b;
  const pending: JsonValue[] = [a, b];
  for (let right = pending.pop(), left = pending.pop(); left && right; right = pending.pop(), left = pending.pop()) {
    if (left === right) continue;
    if (left.type === 'object') {
      if (right.type !== 'object' || !pushMembers(left, right, pending)) return false;
    } else if (left.type === 'array') {
      if (right.type !== 'array' || right.items.length !== left.items.length) return false;
      for (const [i, item] of left.items.entries()) {
        const other = right.items[i];
        if (other) pending.push(item, other);
      }
    } else if (!scalarEqual(left, right)) return false;
  }
  return true;
}

/** Whether two values that are neither array nor object mean the same. */
function scalarEqual(a: JsonValue, b: JsonValue): boolean {
  switch (a.type) {
    case 'string':
      return b.type === 'string' && a.value === b.value;
    case 'number':
      return b.type === 'number' && sameNumber(a.text, b.text);
    case 'boolean':
      return b.type === 'boolean' && a.value === b.value;
    default:
      return a.type === b.type;
  }
}

/** Queues the pairs of values under the same keys; false where the keys differ. */
function pushMembers(a: JsonObject, b: JsonObject, pending: JsonValue[]): boolean {
  if (a.members.length !== b.members.length) return false;
  for (const [i, member] of a.members.entries()) {
    const same = b.members[i];
    const other = same?.key === member.key ? same : findMember(b, member.key);
    if (!other) return false;
    pending.push(member.value, other.value);
  }
  return true;
}
