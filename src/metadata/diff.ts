// What changed between two JSON values, by path.
import { jsonEqual } from '../json/equal';
import { findMember, type JsonPath, type JsonValue } from '../json/value';

/** One path whose value differs; undefined stands for "not there". */
export interface Change {
  readonly path: JsonPath;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

interface Step {
  readonly parent: Step | undefined;
  readonly key: string | number;
}

/**
 * The smallest set of paths that tells `before` from `after`, in document order: objects are compared key by key,
 * arrays index by index, and a value of another type counts as one change. Empty exactly when the two are equal.
 *
 * @param path where the two stand; the paths of the changes begin with it
 */
export function diffValues(before: JsonValue | undefined, after: JsonValue | undefined, path: JsonPath = []): Change[] {
  const changes: Change[] = [];
  // Linked steps, turned into a path only for a change: copying the path at every level would be quadratic in depth.
  const pending: [JsonValue | undefined, JsonValue | undefined, Step | undefined][] = [[before, after, undefined]];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [a, b, step] = next;
    const children = childPairs(a, b);
    if (children) {
      for (let i = children.length - 1; i >= 0; i--) {
        const child = children[i];
        if (child && child[0] !== child[1]) pending.push([child[0], child[1], { parent: step, key: child[2] }]);
      }
    } else if (!jsonEqual(a, b)) changes.push({ path: [...path, ...toPath(step)], before: a, after: b });
  }
  return changes;
}

type ChildPair = readonly [JsonValue | undefined, JsonValue | undefined, string | number];

/** The pairs of children of two containers of the same type; undefined where they cannot be compared child by child. */
function childPairs(a: JsonValue | undefined, b: JsonValue | undefined): ChildPair[] | undefined {
  if (a?.type === 'object' && b?.type === 'object') {
    const pairs: ChildPair[] = a.members.map(({ key, value }, i) => {
      const same = b.members[i];
      return [value, (same?.key === key ? same : findMember(b, key))?.value, key];
    });
    for (const [i, { key, value }] of b.members.entries()) {
      if (a.members[i]?.key !== key && !findMember(a, key)) pairs.push([undefined, value, key]);
    }
    return pairs;
  }
  if (a?.type === 'array' && b?.type === 'array') {
    return Array.from({ length: Math.max(a.items.length, b.items.length) }, (_, i) => [a.items[i], b.items[i], i]);
  }
  return undefined;
}

function toPath(step: Step | undefined): JsonPath {
  const path: (string | number)[] = [];
  for (let at = step; at; at = at.parent) path.push(at.key);
  return path.reverse();
}
