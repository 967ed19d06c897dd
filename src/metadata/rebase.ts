// The edited text brought up to date with the server, as few edits as it takes.
import { applyTextEdits, editsTo } from '../json/edit';
import { parseJson } from '../json/parse';
import type { JsonPath, JsonValue } from '../json/value';
import { asObject, type UserMetadata } from './document';
import { mergeValue, type Side } from './merge';

/**
 * `text`, which shows `edited`, with everything that moved from `base` to `remote` put in, except where both moved:
 * there `resolve` decides (mine, if not given). The formatting of what did not move stays as it was typed.
 */
export function rebaseDocument(
  text: string,
  base: UserMetadata,
  edited: UserMetadata,
  remote: UserMetadata,
  resolve: (path: JsonPath) => Side = () => 'mine',
): string {
  const target = mergeMetadata(base, edited, remote, resolve);
  return applyTo(text, target);
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

/** Edits `text` until it means `target`. Text that is no JSON stays as it is. */
function applyTo(text: string, target: JsonValue): string {
  const { value } = parseJson(text);
  return value ? applyTextEdits(text, editsTo(text, value, target)) : text;
}
