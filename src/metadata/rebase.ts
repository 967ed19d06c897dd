// The edited text brought up to date with the server, as few edits as it takes.
import { editsTo, type TextEdit } from '../json/edit';
import { parseJson } from '../json/parse';
import type { JsonPath, JsonValue } from '../json/value';
import { asObject, type UserMetadata } from './document';
import { mergeValue, type Side } from './merge';

/**
 * The edits that put into `text`, which shows `edited`, everything that moved from `base` to `remote`, except where both
 * moved: there `resolve` decides (mine, if not given). The formatting of what did not move stays as it was typed.
 * Text that is no JSON gets none.
 */
export function rebaseEdits(
  text: string,
  base: UserMetadata,
  edited: UserMetadata,
  remote: UserMetadata,
  resolve: (path: JsonPath) => Side = () => 'mine',
): TextEdit[] {
  const { value } = parseJson(text);
  return value ? editsTo(text, value, mergeMetadata(base, edited, remote, resolve)) : [];
}

/** Both metadata objects merged three-way, as one value with the sections as its keys. */
export function mergeMetadata(
  base: UserMetadata,
  edited: UserMetadata,
  remote: UserMetadata,
  resolve: (path: JsonPath) => Side = () => 'mine',
): JsonValue {
  const log = { conflicts: [], kept: [] };
  const merged = mergeValue(asObject(base), asObject(edited), asObject(remote), [], log, resolve);
  // Three objects at the root always merge to an object.
  return merged ?? asObject(edited);
}
