// A PATCH that was made: what it has changed, and the edits that take it back.

import { editsTo, type TextEdit } from '../json/edit';
import { getMember, type JsonValue, jsonObject } from '../json/value';
import { type Change, diffValues } from './diff';
import { asObject, mapSections, parseDocument, type Sections } from './document';
import type { PatchBody } from './encode';
import { type Conflict, keysOf, type Resolve } from './merge';
import { mergeSections } from './rebase';

export interface MadePatch {
  /** What the server held just before. */
  readonly before: Sections;
  readonly body: PatchBody;
  /** What the server held just afterwards, by its own answer. */
  readonly after: Sections;
}

/** What the PATCH did: only the root keys that it sent, with the values that the server made of them. */
export function changesOf(made: MadePatch): Change[] {
  return diffValues(asObject(made.before), asObject(sentPart(made)));
}

export interface Undo {
  readonly edits: readonly TextEdit[];
  /** Paths that were changed again since: `resolve` decided about them. */
  readonly conflicts: readonly Conflict[];
}

/**
 * The edits that take `made` back in a document, three-way: what else has changed since stays as it is.
 *
 * @param text the document, which must be without problems: otherwise undefined is returned
 * @param resolve for paths that changed again since: `theirs` puts the old value back, `mine` leaves the present one
 */
export function undoEdits(made: MadePatch, text: string, resolve: Resolve): Undo | undefined {
  const { value, metadata } = parseDocument(text);
  if (!metadata || !value) return undefined;
  const { value: target, conflicts } = mergeSections(sentPart(made), metadata, made.before, resolve);
  return { edits: editsTo(text, value, target), conflicts };
}

/** `before`, with the root keys that were sent as they came back: other people's changes are not in it. */
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
