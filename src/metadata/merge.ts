// Three-way merge of JSON values, path by path.
import { jsonEqual } from '../json/equal';
import { isAtOrBelow } from '../json/path';
import { getMember, type JsonObject, type JsonPath, type JsonValue, jsonObject } from '../json/value';

/** A path that was changed on both sides, to different values; undefined stands for "not there". */
export interface Conflict {
  readonly path: JsonPath;
  readonly base: JsonValue | undefined;
  readonly mine: JsonValue | undefined;
  readonly theirs: JsonValue | undefined;
}

/** Whether `path` is that of a conflict, or below one. */
export function isInConflict(path: JsonPath, conflicts: readonly Conflict[]): boolean {
  return conflicts.some(conflict => isAtOrBelow(path, conflict.path));
}

/** A change of theirs that the merge carried over. */
export interface Kept {
  readonly path: JsonPath;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

/** Whose value is used where both sides changed the same path. */
export type Side = 'mine' | 'theirs';

export type Resolve = (path: JsonPath) => Side;

export interface Merged {
  /** Undefined means "not there". */
  readonly value: JsonValue | undefined;
  readonly conflicts: readonly Conflict[];
  readonly kept: readonly Kept[];
}

/** Recursion limit: below it, a difference is one conflict as a whole. */
const MERGE_DEPTH = 500;

/**
 * Combines the changes `base → mine` and `base → theirs`.
 *
 * Objects merge key by key if all three sides are objects; anything else (arrays, scalars, a removal against a change)
 * is taken whole from the side that changed it. If both sides changed it differently, it is a conflict, and `resolve`
 * chooses the side. Keys keep the order of `mine`; those that only `theirs` added follow.
 *
 * @param path path of the values; the reported paths begin with it
 */
export function mergeValues(
  base: JsonValue | undefined,
  mine: JsonValue | undefined,
  theirs: JsonValue | undefined,
  resolve: Resolve = () => 'mine',
  path: JsonPath = [],
): Merged {
  const conflicts: Conflict[] = [];
  const kept: Kept[] = [];
  return { value: merge({ base, mine, theirs }, path), conflicts, kept };

  function merge(sides: Sides<JsonValue | undefined>, at: JsonPath): JsonValue | undefined {
    const { base, mine, theirs } = sides;
    if (jsonEqual(base, theirs) || jsonEqual(mine, theirs)) return mine;
    if (jsonEqual(base, mine)) {
      kept.push({ path: at, before: base, after: theirs });
      return theirs;
    }
    const areObjects = base?.type === 'object' && mine?.type === 'object' && theirs?.type === 'object';
    if (areObjects && at.length < MERGE_DEPTH) return mergeObjects({ base, mine, theirs }, at);
    conflicts.push({ path: at, base, mine, theirs });
    return resolve(at) === 'mine' ? mine : theirs;
  }

  function mergeObjects({ base, mine, theirs }: Sides<JsonObject>, at: JsonPath): JsonObject {
    const entries: [string, JsonValue][] = [];
    for (const key of keysOf(mine, theirs)) {
      const value = merge({ base: getMember(base, key), mine: getMember(mine, key), theirs: getMember(theirs, key) }, [
        ...at,
        key,
      ]);
      if (value) entries.push([key, value]);
    }
    return jsonObject(entries);
  }
}

interface Sides<T> {
  readonly base: T;
  readonly mine: T;
  readonly theirs: T;
}

/** The keys of all objects, in order of first appearance. */
export function keysOf(...objects: readonly JsonObject[]): Set<string> {
  return new Set(objects.flatMap(object => object.members.map(member => member.key)));
}
