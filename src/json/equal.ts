// Compares JSON values, ignoring the order of keys and the spelling of numbers and strings.
import { sameNumber } from './number';
import { findMember, type JsonArray, type JsonObject, type JsonValue } from './value';

/** Whether two values are equal. Undefined equals only undefined. No recursion. */
export function jsonEqual(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (!a || !b) return a === b;
  const pending: (JsonObject | JsonArray)[] = [];
  if (!equalSoFar(a, b, pending)) return false;
  for (let right = pending.pop(), left = pending.pop(); left && right; right = pending.pop(), left = pending.pop()) {
    const equal =
      left.type === 'object'
        ? right.type === 'object' && membersEqualSoFar(left, right, pending)
        : right.type === 'array' && itemsEqualSoFar(left, right, pending);
    if (!equal) return false;
  }
  return true;
}

/** Whether two values that are neither array nor object are equal; false for all others. */
export function scalarsEqual(a: JsonValue, b: JsonValue): boolean {
  switch (a.type) {
    case 'string':
      return b.type === 'string' && a.value === b.value;
    case 'number':
      return b.type === 'number' && sameNumber(a.text, b.text);
    case 'boolean':
      return b.type === 'boolean' && a.value === b.value;
    case 'null':
      return b.type === 'null';
    default:
      return false;
  }
}

/** Compares scalars at once. Containers go on `pending`, because their nesting has no limit here. */
function equalSoFar(a: JsonValue, b: JsonValue, pending: (JsonObject | JsonArray)[]): boolean {
  if (a === b) return true;
  if (a.type !== 'object' && a.type !== 'array') return scalarsEqual(a, b);
  if (b.type !== a.type) return false;
  pending.push(a, b);
  return true;
}

function membersEqualSoFar(a: JsonObject, b: JsonObject, pending: (JsonObject | JsonArray)[]): boolean {
  const { length } = a.members;
  if (length !== b.members.length) return false;
  for (let i = 0; i < length; i++) {
    const member = a.members[i];
    if (!member) return false;
    const atSameIndex = b.members[i];
    const other = atSameIndex?.key === member.key ? atSameIndex : findMember(b, member.key);
    if (!other || !equalSoFar(member.value, other.value, pending)) return false;
  }
  return true;
}

function itemsEqualSoFar(a: JsonArray, b: JsonArray, pending: (JsonObject | JsonArray)[]): boolean {
  const { length } = a.items;
  if (length !== b.items.length) return false;
  for (let i = 0; i < length; i++) {
    const [left, right] = [a.items[i], b.items[i]];
    if (!left || !right || !equalSoFar(left, right, pending)) return false;
  }
  return true;
}
