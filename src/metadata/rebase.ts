// The edited text brought up to date with the server, as few edits as it takes.
import { editsTo, type TextEdit } from '../json/edit';
import { jsonEqual } from '../json/equal';
import { parseJson } from '../json/parse';
import { isAtOrBelow } from '../json/path';
import { getAt, type JsonPath, type JsonValue } from '../json/value';
import { choose } from './choose';
import { asObject, metadataOf, type UserMetadata } from './document';
import { type Conflict, type MergeLog, mergeValue, type Side } from './merge';

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

/**
 * The base to plan against once the changes from `base` to `remote` were put into `edited`: what the server holds, but for
 * the paths that both sides changed. There it stays the old one, so that saving still finds the conflict and asks.
 */
export function openBase(base: UserMetadata, edited: UserMetadata, remote: UserMetadata): UserMetadata {
  const log: MergeLog = { conflicts: [], kept: [] };
  mergeValue(asObject(base), asObject(edited), asObject(remote), [], log, () => 'mine');
  return reopened(remote, base, log.conflicts);
}

/** `state`, but for the paths of `conflicts`: there it is `base`, so that planning from it finds and asks about them again. */
export function reopened(state: UserMetadata, base: UserMetadata, conflicts: readonly Conflict[]): UserMetadata {
  if (!conflicts.length) return state;
  const isOpen = (path: JsonPath) => conflicts.some(conflict => isAtOrBelow(path, conflict.path));
  return metadataOf(choose(asObject(state), asObject(base), ({ path }) => (isOpen(path) ? 'mine' : 'theirs')));
}

/**
 * The base of a text that was saved as `edited`. Where *Take Theirs* has left the user's value in the text alone, it
 * is unsaved: back at it, by undoing or by typing on, the user is asked again.
 */
export function savedBase(
  edited: UserMetadata,
  base: UserMetadata | undefined,
  server: UserMetadata,
  conflicts: readonly Conflict[],
): UserMetadata {
  const left = conflicts.filter(({ path, mine }) => !jsonEqual(getAt(asObject(server), path), mine));
  return jsonEqual(asObject(server), asObject(edited)) ? server : reopened(edited, base ?? edited, left);
}
