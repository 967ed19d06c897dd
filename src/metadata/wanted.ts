// Step 1 of a plan: merges base, edited and remote into the state that the server should have.
import { jsonEqual } from '../json/equal';
import { getMember, type JsonMember, type JsonObject, type JsonValue, memberAt, objectOf } from '../json/value';
import { mapSections, SECTIONS, type Section, type Sections } from './document';
import { type Conflict, type Kept, mergeValues, type Resolve } from './merge';

/** A root key that the edit touched; undefined stands for "not there". */
export interface RootChange {
  readonly key: string;
  readonly before: JsonValue | undefined;
  readonly mine: JsonValue | undefined;
}

export interface WantedState {
  /** The server's own state with the edit applied. */
  readonly wanted: Sections;
  /** Edited root keys in the order of the edited text, then removed ones in the order of the base. */
  readonly changes: Readonly<Record<Section, readonly RootChange[]>>;
  /** Paths changed on both sides. Without `resolve`, their root keys keep the server's value. */
  readonly conflicts: readonly Conflict[];
  /** Other people's changes below an edited root key; `wanted` includes them. */
  readonly kept: readonly Kept[];
}

/**
 * Applies the edit `base → edited` to `remote`. Each root key is decided separately: one that was not edited keeps the
 * server's value.
 *
 * @param resolve whose value to use at a path changed on both sides
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
      // Not a spread: hundreds of thousands of arguments would overflow the stack.
      for (const conflict of merge.conflicts) conflicts.push(conflict);
      for (const each of merge.kept) kept.push(each);
      merged[section].set(key, merge.conflicts.length && !resolve ? theirs : merge.value);
    }
  }
  const wanted = mapSections(section => withMerged(edited[section], remote[section], merged[section]));
  return { wanted, changes, conflicts, kept };
}

/** `remote` with the merged values: in the order of `edited`, then the keys that only the server has. */
function withMerged(
  edited: JsonObject,
  remote: JsonObject,
  merged: ReadonlyMap<string, JsonValue | undefined>,
): JsonObject {
  if (!merged.size) return remote;
  const members: JsonMember[] = [];
  for (const [i, member] of edited.members.entries()) {
    const value = merged.get(member.key);
    if (value) members.push(value === member.value ? member : { ...member, value });
    else if (!merged.has(member.key)) {
      const theirs = memberAt(remote, member.key, i);
      if (theirs) members.push(theirs);
    }
  }
  for (const [i, member] of remote.members.entries()) {
    if (memberAt(edited, member.key, i)) continue;
    const value = merged.get(member.key);
    if (value) members.push({ ...member, value });
    else if (!merged.has(member.key)) members.push(member);
  }
  return objectOf(members);
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
