// First part of a plan: from three sides to the one state that is wanted. How it is sent is not asked here.
import { jsonEqual } from '../json/equal';
import { getMember, type JsonObject, type JsonValue, jsonObject, memberAt } from '../json/value';
import { mapSections, SECTIONS, type Section, type Sections } from './document';
import { type Conflict, type Kept, mergeValues, type Resolve } from './merge';

/** A root key that the edit touched; undefined stands for "not there". */
export interface RootChange {
  readonly key: string;
  readonly before: JsonValue | undefined;
  readonly mine: JsonValue | undefined;
}

export interface WantedState {
  /** What the server is to hold: its own state, with what was edited. */
  readonly wanted: Sections;
  /** What was edited, by root key: in the order of the edited text, then what it removed in the order of the base. */
  readonly changes: Readonly<Record<Section, readonly RootChange[]>>;
  /** Paths changed on both sides. Without `resolve` their root keys are wanted as the server has them. */
  readonly conflicts: readonly Conflict[];
  /** Changes by somebody else below a root key that was edited, carried over into it. */
  readonly kept: readonly Kept[];
}

/**
 * What is wanted of the server once `edited`, which grew from `base`, is put onto `remote`. Each root key is a decision of its
 * own: one that was not edited is wanted as the server has it.
 *
 * @param resolve whose value stands at a path changed on both sides
 */
export function wantedState(base: Sections, edited: Sections, remote: Sections, resolve?: Resolve): WantedState {
  const conflicts: Conflict[] = [];
  const kept: Kept[] = [];
  const changes = mapSections(section => rootChanges(base[section], edited[section]));
  const merged = mapSections(() => new Map<string, JsonValue | undefined>());
  for (const section of SECTIONS) {
    for (const { key, before, mine } of changes[section]) {
      const theirs = getMember(remote[section], key);
      const merge = mergeValues(before, mine, theirs, resolve, [section, key]);
      // One by one: a spread would put hundreds of thousands of them on the stack.
      for (const conflict of merge.conflicts) conflicts.push(conflict);
      for (const each of merge.kept) kept.push(each);
      merged[section].set(key, merge.conflicts.length && !resolve ? theirs : merge.value);
    }
  }
  const wanted = mapSections(section => withMerged(edited[section], remote[section], merged[section]));
  return { wanted, changes, conflicts, kept };
}

/** `remote` with the merged values: in the order of `edited`, then what only the server has. */
function withMerged(
  edited: JsonObject,
  remote: JsonObject,
  merged: ReadonlyMap<string, JsonValue | undefined>,
): JsonObject {
  if (!merged.size) return remote;
  const entries: [string, JsonValue][] = [];
  for (const [i, { key }] of edited.members.entries()) {
    const value = merged.has(key) ? merged.get(key) : memberAt(remote, key, i)?.value;
    if (value) entries.push([key, value]);
  }
  for (const [i, { key, value: theirs }] of remote.members.entries()) {
    if (memberAt(edited, key, i)) continue;
    const value = merged.has(key) ? merged.get(key) : theirs;
    if (value) entries.push([key, value]);
  }
  return jsonObject(entries);
}

function rootChanges(base: JsonObject, edited: JsonObject): RootChange[] {
  const changes: RootChange[] = [];
  for (const [i, { key, value: mine }] of edited.members.entries()) {
    const before = memberAt(base, key, i)?.value;
    if (!jsonEqual(before, mine)) changes.push({ key, before, mine });
  }
  for (const [i, { key, value: before }] of base.members.entries()) {
    if (!memberAt(edited, key, i)) changes.push({ key, before, mine: undefined });
  }
  return changes;
}
