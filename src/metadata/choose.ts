// Two versions of a document, path by path: whichever side is wanted.
import { jsonEqual } from '../json/equal';
import { findMember, type JsonObject, type JsonPath, type JsonValue, jsonObject } from '../json/value';
import { keysOf, type Side } from './merge';

/** One path at which the two versions differ; undefined stands for "not there". */
export interface Choice {
  readonly path: JsonPath;
  readonly theirs: JsonValue | undefined;
  readonly mine: JsonValue | undefined;
}

/** Below this depth two versions differ as a whole: the walk recurses, and no stack is endless. */
const CHOICE_DEPTH = 500;

/** The paths at which two versions differ, in the order of `mine`. Objects are compared key by key, the rest whole. */
export function choicesBetween(theirs: JsonObject, mine: JsonObject): Choice[] {
  const choices: Choice[] = [];
  choose(theirs, mine, choice => {
    choices.push(choice);
    return 'mine';
  });
  return choices;
}

/** The version that takes each differing path from the side that `sideOf` names, and has everything that is the same. */
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
