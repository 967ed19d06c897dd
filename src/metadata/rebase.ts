// Updates the edited text to a newer server state with as few edits as possible.
import { editsTo, type TextEdit } from '../json/edit';
import { jsonEqual } from '../json/equal';
import { parseJson } from '../json/parse';
import { getAt, type JsonValue } from '../json/value';
import { choose } from './choose';
import { asObject, metadataOf, type Sections } from './document';
import { type Conflict, isInConflict, type Merged, mergeValues, type Resolve } from './merge';

/**
 * The edits that apply the server's changes (`base → remote`) to `text`, which shows `edited`. Where both sides changed
 * a path, `resolve` decides (default: mine). Unchanged parts keep their formatting. No edits if `text` is not JSON.
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

/** Three-way merge of all sections, as one value with the sections as its keys. */
export function mergeSections(
  base: Sections,
  edited: Sections,
  remote: Sections,
  resolve?: Resolve,
): Merged & { readonly value: JsonValue } {
  const merged = mergeValues(asObject(base), asObject(edited), asObject(remote), resolve);
  // The fallback is only for the types: three objects always merge to an object.
  return { ...merged, value: merged.value ?? asObject(edited) };
}

/**
 * The base after the server's changes (`base → remote`) were merged into `edited`: `remote`, except at paths that both
 * sides changed. These keep the old base, so that a save still finds the conflict and asks.
 */
export function openBase(base: Sections, edited: Sections, remote: Sections): Sections {
  return reopened(remote, base, mergeSections(base, edited, remote).conflicts);
}

/** `state`, except at the paths of `conflicts`: these keep `base`, so that a later plan finds the conflicts again. */
function reopened(state: Sections, base: Sections, conflicts: readonly Conflict[]): Sections {
  if (!conflicts.length) return state;
  return metadataOf(
    choose(asObject(state), asObject(base), ({ path }) => (isInConflict(path, conflicts) ? 'mine' : 'theirs')),
  );
}

/**
 * The base of a text that was saved as `edited`. After *Take Theirs*, the user's value is only in the text and is not
 * saved. Those paths keep the old base: a save with that value, after undo or more typing, asks again.
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
