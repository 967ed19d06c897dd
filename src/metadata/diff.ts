// Lists the paths that differ between two JSON values.
import { scalarsEqual } from '../json/equal';
import { pathTo, type Step } from '../json/path';
import { type JsonArray, type JsonObject, type JsonPath, type JsonValue, memberAt } from '../json/value';

/** One path whose value differs; undefined stands for "not there". */
export interface Change {
  readonly path: JsonPath;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

interface Pair {
  readonly a: JsonValue | undefined;
  readonly b: JsonValue | undefined;
  readonly step: Step | undefined;
}

/**
 * The smallest set of changes from `before` to `after`, in document order: objects are compared key by key, arrays
 * index by index, and a value of another type counts as one change. Empty exactly when the two are equal.
 *
 * @param path path of the two values; the paths of the changes begin with it
 */
export function diffValues(before: JsonValue | undefined, after: JsonValue | undefined, path: JsonPath = []): Change[] {
  const changes: Change[] = [];
  const pending: Pair[] = mayDiffer(before, after) ? [{ a: before, b: after, step: undefined }] : [];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { a, b, step } = next;
    if (a?.type === 'object' && b?.type === 'object') pushMembers(a, b, step, pending);
    else if (a?.type === 'array' && b?.type === 'array') pushItems(a, b, step, pending);
    else changes.push({ path: pathTo(path, step), before: a, after: b });
  }
  return changes;
}

/** False for values that are certainly equal. Containers of the same type are compared later, child by child. */
function mayDiffer(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return a !== b && !(a && b && scalarsEqual(a, b));
}

/** Pushes in reverse order, so that the first change is popped first. */
function pushMembers(a: JsonObject, b: JsonObject, parent: Step | undefined, pending: Pair[]): void {
  for (let i = b.members.length - 1; i >= 0; i--) {
    const member = b.members[i];
    if (!member || memberAt(a, member.key, i)) continue;
    pending.push({ a: undefined, b: member.value, step: { parent, key: member.key } });
  }
  for (let i = a.members.length - 1; i >= 0; i--) {
    const member = a.members[i];
    if (!member) continue;
    const { key, value } = member;
    const other = memberAt(b, key, i)?.value;
    if (mayDiffer(value, other)) pending.push({ a: value, b: other, step: { parent, key } });
  }
}

function pushItems({ items: a }: JsonArray, { items: b }: JsonArray, parent: Step | undefined, pending: Pair[]): void {
  for (let key = Math.max(a.length, b.length) - 1; key >= 0; key--) {
    if (mayDiffer(a[key], b[key])) pending.push({ a: a[key], b: b[key], step: { parent, key } });
  }
}
