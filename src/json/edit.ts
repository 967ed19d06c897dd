// Computes edits of JSON text that leave everything else as it was typed.

import { jsonEqual } from './equal';
import { findMember, type JsonMember, type JsonObject, type JsonValue } from './value';
import { writeJson } from './write';

/** Replaces `[offset, end)` of a text, in UTF-16 code units. */
export interface TextEdit {
  readonly offset: number;
  readonly end: number;
  readonly text: string;
}

const INDENT = 2;

/**
 * The edits that change the text of `root` into JSON of `target`, ordered by offset and without overlap. Members that
 * are equal on both sides are not touched; arrays are replaced as a whole; new members go to the end of their object.
 *
 * @param text the text that `root` was parsed from
 */
export function editsTo(text: string, root: JsonValue, target: JsonValue): TextEdit[] {
  const edits: TextEdit[] = [];
  const pending: [JsonValue, JsonValue, number][] = [[root, target, 0]];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [from, to, level] = next;
    if (from.type === 'object' && to.type === 'object') {
      const kept = from.members.filter(member => findMember(to, member.key));
      for (const { key, value } of kept) {
        const after = findMember(to, key);
        if (after) pending.push([value, after.value, level + 1]);
      }
      const added = to.members.filter(member => !findMember(from, member.key));
      if (kept.length) {
        for (const removal of removals(from, kept)) edits.push(removal);
        for (const addition of additions(text, from, kept, added, level)) edits.push(addition);
      } else if (from.members.length || added.length) edits.push(replace(from, to, level));
    } else if (!jsonEqual(from, to)) edits.push(replace(from, to, level));
  }
  return edits.sort((a, b) => a.offset - b.offset || a.end - b.end);
}

/** `text` with `edits`, which must be in order and must not overlap. */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  let at = 0;
  const parts = edits.map(edit => {
    const part = text.slice(at, edit.offset) + edit.text;
    at = edit.end;
    return part;
  });
  return parts.join('') + text.slice(at);
}

function replace({ offset, end }: JsonValue, to: JsonValue, level: number): TextEdit {
  return { offset, end, text: writeJson(to, INDENT, level) };
}

/** Deletes the members that are not in `kept`, each with one comma. */
function removals({ members }: JsonObject, kept: readonly JsonMember[]): TextEdit[] {
  const keep = new Set(kept);
  const first = members.findIndex(member => keep.has(member));
  return members.flatMap((member, i) => {
    if (keep.has(member)) return [];
    // Before the first kept member, the following comma is deleted too; after it, the preceding comma.
    const next = members[i + 1];
    const previous = members[i - 1];
    if (i < first && next) return [{ offset: member.keyOffset, end: next.keyOffset, text: '' }];
    return previous ? [{ offset: previous.value.end, end: member.value.end, text: '' }] : [];
  });
}

function additions(
  text: string,
  object: JsonObject,
  kept: readonly JsonMember[],
  added: readonly JsonMember[],
  level: number,
): TextEdit[] {
  const last = kept.at(-1);
  if (!last || !added.length) return [];
  const first = object.members[0];
  const onOneLine = !text.slice(object.offset, first?.keyOffset).includes('\n');
  const separator = onOneLine ? ', ' : `,\n${' '.repeat(INDENT * (level + 1))}`;
  const members = added.map(({ key, value }) =>
    onOneLine
      ? `${JSON.stringify(key)}: ${writeJson(value)}`
      : `${JSON.stringify(key)}: ${writeJson(value, INDENT, level + 1)}`,
  );
  return [{ offset: last.value.end, end: last.value.end, text: separator + members.join(separator) }];
}
