// The edited text brought up to date with the server, as few edits as it takes.
import { editsTo, type TextEdit } from '../json/edit';
import { jsonEqual } from '../json/equal';
import { parseJson } from '../json/parse';
import { isAtOrBelow } from '../json/path';
import { getAt, type JsonPath, type JsonValue } from '../json/value';
import { choose } from './choose';
import { asObject, metadataOf, type Sections } from './document';
import { type Conflict, type Merged, mergeValues, type Resolve } from './merge';

/**
 * The edits that put into `text`, which shows `edited`, everything that moved from `base` to `remote`, except where both
 * moved: there `resolve` decides (mine, if not given). The formatting of what did not move stays as it was typed.
 * Text that is no JSON gets none.
 */
export function rebaseEdits(
  text: string,
  base: Sections,
  edited: Sections,
  remote: Sections,
  resolve?: Resolve,
): TextEdit[] {
  const { value } = parseJson(text);
  return value ? editsTo(text, value, mergeSections(base, edited, remote, resolve).value) : [];
}

/** All sections merged three-way, as one value with the sections as its keys. */
export function mergeSections(
  base: Sections,
  edited: Sections,
  remote: Sections,
  resolve?: Resolve,
): Merged & { readonly value: JsonValue } {
  const merged = mergeValues(asObject(base), asObject(edited), asObject(remote), resolve);
  // Three objects at the root always merge to an object.
  return { ...merged, value: merged.value ?? asObject(edited) };
}

/**
 * The base to plan against once the changes from `base` to `remote` were put into `edited`: what the server holds, but for
 * the paths that both sides changed. There it stays the old one, so that saving still finds the conflict and asks.
 */
export function openBase(base: Sections, edited: Sections, remote: Sections): Sections {
  return reopened(remote, base, mergeSections(base, edited, remote).conflicts);
}

/** `state`, but for the paths of `conflicts`: there it is `base`, so that planning from it finds and asks about them again. */
export function reopened(state: Sections, base: Sections, conflicts: readonly Conflict[]): Sections {
  if (!conflicts.length) return state;
  const isOpen = (path: JsonPath) => conflicts.some(conflict => isAtOrBelow(path, conflict.path));
  return metadataOf(choose(asObject(state), asObject(base), ({ path }) => (isOpen(path) ? 'mine' : 'theirs')));
}

/**
 * The base of a text that was saved as `edited`. Where *Take Theirs* has left the user's value in the text alone, it
 * is unsaved: back at it, by undoing or by typing on, the user is asked again.
 */
export function savedBase(
  edited: Sections,
  base: Sections | undefined,
  server: Sections,
  conflicts: readonly Conflict[],
): Sections {
  const left = conflicts.filter(({ path, mine }) => !jsonEqual(getAt(asObject(server), path), mine));
  return jsonEqual(asObject(server), asObject(edited)) ? server : reopened(edited, base ?? edited, left);
}
