// Compares two versions of a document path by path, and combines them with a side chosen for each path.
import { jsonEqual } from '../json/equal';
import { findMember, type JsonObject, type JsonPath, type JsonValue, jsonObject } from '../json/value';
import { keysOf, type Side } from './merge';

/** One path at which the two versions differ; undefined stands for "not there". */
export interface Choice {
  readonly path: JsonPath;
  readonly theirs: JsonValue | undefined;
  readonly mine: JsonValue | undefined;
}

/** Recursion limit: below it, a difference counts as one change. */
const CHOICE_DEPTH = 500;

/** The paths that differ, in the order of `mine`. Objects are compared key by key, other values as a whole. */
export function choicesBetween(theirs: JsonObject, mine: JsonObject): Choice[] {
  const choices: Choice[] = [];
  choose(theirs, mine, choice => {
    choices.push(choice);
    return 'mine';
  });
  return choices;
}

/** Combines two versions: each differing path comes from the side that `sideOf` returns. */
export function choose(
  theirs: JsonObject,
  mine: JsonObject,
  sideOf: (choice: Choice) => Side,
  path: JsonPath = [],
): JsonObject {
  const entries: [string, JsonValue][] = [];
  for (const key of keysOf(mine, theirs)) {
    const [t, m] = [findMember(theirs, key)?.value, findMember(mine, key)?.value];
    const value = chooseValue(t, m, sideOf, [...path, key]);
    if (value) entries.push([key, value]);
  }
  return jsonObject(entries);
}

function chooseValue(
  theirs: JsonValue | undefined,
  mine: JsonValue | undefined,
  sideOf: (choice: Choice) => Side,
  path: JsonPath,
): JsonValue | undefined {
  if (jsonEqual(theirs, mine)) return mine;
  if (theirs?.type === 'object' && mine?.type === 'object' && path.length < CHOICE_DEPTH) {
    return choose(theirs, mine, sideOf, path);
  }
  return sideOf({ path, theirs, mine }) === 'mine' ? mine : theirs;
}
