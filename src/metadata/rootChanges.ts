// The root keys that an edit touched: each is a decision of its own.
import { jsonEqual } from '../json/equal';
import { findMember, type JsonObject, type JsonValue } from '../json/value';

/** Undefined stands for "not there". */
export interface RootChange {
  readonly key: string;
  readonly before: JsonValue | undefined;
  readonly mine: JsonValue | undefined;
}

/** In the order of the edited section, then what was removed in the order of the base. */
export function rootChanges(base: JsonObject, edited: JsonObject): RootChange[] {
  const changes: RootChange[] = [];
  // Most keys stand where they stood: only those that do not have to be looked for.
  for (const [i, { key, value: mine }] of edited.members.entries()) {
    const same = base.members[i];
    const before = (same?.key === key ? same : findMember(base, key))?.value;
    if (!jsonEqual(before, mine)) changes.push({ key, before, mine });
  }
  for (const [i, { key, value: before }] of base.members.entries()) {
    if (edited.members[i]?.key !== key && !findMember(edited, key)) changes.push({ key, before, mine: undefined });
  }
  return changes;
}
