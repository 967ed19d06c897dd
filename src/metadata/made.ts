// A PATCH that was applied: its changes, and the edits that undo it.

import { editsTo, type TextEdit } from '../json/edit';
import { getMember, type JsonValue, jsonObject } from '../json/value';
import { type Change, diffValues } from './diff';
import { asObject, mapSections, parseDocument, type Sections } from './document';
import type { PatchBody } from './encode';
import { type Conflict, keysOf, type Resolve } from './merge';
import { mergeSections } from './rebase';

export interface MadePatch {
  /** The server's state just before. */
  readonly before: Sections;
  readonly body: PatchBody;
  /** The server's state just afterwards, from its own response. */
  readonly after: Sections;
}

/** The changes of the PATCH: only the root keys that it sent, with the values that the server stored. */
export function changesOf(made: MadePatch): Change[] {
  return diffValues(asObject(made.before), asObject(sentPart(made)));
}

export interface Undo {
  readonly edits: readonly TextEdit[];
  /** Paths that were changed again since, and were decided by `resolve`. */
  readonly conflicts: readonly Conflict[];
}

/**
 * The edits that undo `made` in a document. A three-way merge, so that other changes since then stay.
 *
 * @param text the document; the result is undefined if it has problems
 * @param resolve for paths that changed again since: `theirs` restores the old value, `mine` keeps the current one
 */
export function undoEdits(made: MadePatch, text: string, resolve: Resolve): Undo | undefined {
  const { value, metadata } = parseDocument(text);
  if (!metadata || !value) return undefined;
  const { value: target, conflicts } = mergeSections(sentPart(made), metadata, made.before, resolve);
  return { edits: editsTo(text, value, target), conflicts };
}

/** `before` with the sent root keys as the server returned them. Does not include other people's changes. */
function sentPart({ before, body, after }: MadePatch): Sections {
  return mapSections(section => {
    const sent = getMember(body, section);
    if (sent?.type !== 'object') return before[section];
    const entries: [string, JsonValue][] = [];
    for (const key of keysOf(before[section], sent)) {
      const value = getMember(getMember(sent, key) ? after[section] : before[section], key);
      if (value) entries.push([key, value]);
    }
    return jsonObject(entries);
  });
}
