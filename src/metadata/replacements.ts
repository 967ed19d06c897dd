// What of the server's values a PATCH takes away: the part of a save that is asked about.
import type { JsonPath, JsonValue } from '../json/value';
import { diffValues } from './diff';

/** A value on the server that the PATCH takes away; `after` is undefined where nothing comes in its place. */
export interface Replacement {
  readonly path: JsonPath;
  readonly before: JsonValue;
  readonly after: JsonValue | undefined;
}

/**
 * The nested keys of `theirs` that `merged`, put in its place, removes or gives another value. Additions are none; nor
 * is a change of a root value that holds no nested keys: that value is what the user sees and typed over.
 */
export function nestedReplacements(theirs: JsonValue, merged: JsonValue, path: JsonPath): Replacement[] {
  return diffValues(theirs, merged, path).flatMap(({ path: at, before, after }) => {
    if (!before) return [];
    const belowKey = at.slice(path.length).some(step => typeof step === 'string');
    if (belowKey || (at.length > path.length && holdsKeys(before))) return [{ path: at, before, after }];
    return at.length === path.length ? nestedKeys(before, at) : [];
  });
}

/** The outermost keys below `value`, as removed. */
function nestedKeys(value: JsonValue, path: JsonPath): Replacement[] {
  if (value.type === 'object') {
    return value.members.map(({ key, value: before }) => ({ path: [...path, key], before, after: undefined }));
  }
  if (value.type !== 'array') return [];
  return value.items.flatMap((item, i) =>
    holdsKeys(item) ? [{ path: [...path, i], before: item, after: undefined }] : [],
  );
}

/** Whether an object with keys stands anywhere in `value`. */
function holdsKeys(value: JsonValue): boolean {
  const pending: JsonValue[] = [value];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (next.type === 'object' && next.members.length) return true;
    if (next.type === 'array') for (const item of next.items) pending.push(item);
  }
  return false;
}
