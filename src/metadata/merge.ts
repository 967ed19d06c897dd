// Three-way merge of JSON values, path by path.
import { jsonEqual } from '../json/equal';
import { findMember, type JsonObject, type JsonPath, type JsonValue, jsonObject } from '../json/value';

/** A path that was changed on both sides, to different values; undefined stands for "not there". */
export interface Conflict {
  readonly path: JsonPath;
  readonly base: JsonValue | undefined;
  readonly mine: JsonValue | undefined;
  readonly theirs: JsonValue | undefined;
}

/** A change of theirs that the merge carried over. */
export interface Kept {
  readonly path: JsonPath;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

/** Whose value stands where both sides changed the same path. */
export type Side = 'mine' | 'theirs';

export interface MergeLog {
  readonly conflicts: Conflict[];
  readonly kept: Kept[];
}

/** Below this depth a difference is a conflict as a whole: the merge recurses, and no stack is endless. */
const MERGE_DEPTH = 500;

/**
 * The value that holds both `base → mine` and `base → theirs`.
 *
 * Objects merge key by key where all three sides have one; anything else (arrays, scalars, a removal against a change)
 * is taken whole from the side that changed it. Where both did, differently, it is a conflict: reported in `log`, and
 * `resolve` says which side the result has there. Keys keep the order of `mine`; those that only `theirs` added follow.
 *
 * @returns undefined where the merged value is "not there"
 */
export function mergeValue(
  base: JsonValue | undefined,
  mine: JsonValue | undefined,
  theirs: JsonValue | undefined,
  path: JsonPath,
  log: MergeLog,
  resolve: (path: JsonPath) => Side,
): JsonValue | undefined {
  if (jsonEqual(base, theirs) || jsonEqual(mine, theirs)) return mine;
  if (jsonEqual(base, mine)) {
    log.kept.push({ path, before: base, after: theirs });
    return theirs;
  }
  const mergeable = base?.type === 'object' && mine?.type === 'object' && theirs?.type === 'object';
  if (mergeable && path.length < MERGE_DEPTH) return mergeObjects(base, mine, theirs, path, log, resolve);
  log.conflicts.push({ path, base, mine, theirs });
  return resolve(path) === 'mine' ? mine : theirs;
}

function mergeObjects(
  base: JsonObject,
  mine: JsonObject,
  theirs: JsonObject,
  path: JsonPath,
  log: MergeLog,
  resolve: (path: JsonPath) => Side,
): JsonObject {
  const entries: [string, JsonValue][] = [];
  for (const key of keysOf(mine, theirs)) {
    const [b, m, t] = [findMember(base, key)?.value, findMember(mine, key)?.value, findMember(theirs, key)?.value];
    const merged = mergeValue(b, m, t, [...path, key], log, resolve);
    if (merged) entries.push([key, merged]);
  }
  return jsonObject(entries);
}

/** The keys of all objects, in order of their first appearance. */
export function keysOf(...objects: readonly JsonObject[]): Set<string> {
  return new Set(objects.flatMap(object => object.members.map(member => member.key)));
}
