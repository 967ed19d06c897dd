// One save as the history keeps it, and the change that takes it back. Knows no VS Code.

import type { TextEdit } from '../json/edit';
import { parseJson } from '../json/parse';
import { getMember, type JsonObject, type JsonPath, type JsonValue, jsonObject } from '../json/value';
import { writeJson } from '../json/write';
import { ofUser, type ResourceId } from '../management/resourceId';
import { toUserId } from '../management/resources/users';
import { parseTenantDomain } from '../management/tenant';
import { type Change, diffValues } from '../metadata/diff';
import { asObject, metadataOf, parseDocument, type SECTIONS, type UserMetadata } from '../metadata/document';
import { type Conflict, keysOf, mergeValue, type Side } from '../metadata/merge';
import type { PatchBody } from '../metadata/plan';
import { rebaseEdits } from '../metadata/rebase';

export interface SaveRecord extends ResourceId {
  /** What the user was called in the tab. */
  readonly label: string;
  /** When the save ended, in milliseconds since the epoch. */
  readonly savedAtMs: number;
  /** What the server held just before. */
  readonly before: UserMetadata;
  /** The PATCH. */
  readonly body: PatchBody;
  /** What the server held just afterwards, by its own answer. */
  readonly after: UserMetadata;
}

/** What the save did: only the root keys that it sent, with the values that the server made of them. */
export function changesOf(record: SaveRecord): Change[] {
  return diffValues(asObject(record.before), asObject(sentPart(record)));
}

export interface Undo {
  readonly edits: readonly TextEdit[];
  /** Paths that were changed again since: `resolve` decided about them. */
  readonly conflicts: readonly Conflict[];
}

/**
 * The edits that take `record` back in a document, three-way: what else has changed since stays as it is.
 *
 * @param text the document, which must be without problems: otherwise undefined is returned
 * @param resolve for paths that changed again since: `theirs` puts the old value back, `mine` leaves the present one
 */
export function undoEdits(record: SaveRecord, text: string, resolve: (path: JsonPath) => Side): Undo | undefined {
  const { metadata } = parseDocument(text);
  if (!metadata) return undefined;
  const after = sentPart(record);
  const log = { conflicts: [], kept: [] };
  mergeValue(asObject(after), asObject(metadata), asObject(record.before), [], log, resolve);
  return { edits: rebaseEdits(text, after, metadata, record.before, resolve), conflicts: log.conflicts };
}

/** `before`, with the root keys that were sent as they came back: other people's changes are not in it. */
function sentPart({ before, body, after }: SaveRecord): UserMetadata {
  const section = (name: (typeof SECTIONS)[number]): JsonObject => {
    const sent = getMember(body, name);
    if (sent?.type !== 'object') return before[name];
    const entries: [string, JsonValue][] = [];
    for (const key of keysOf(before[name], sent)) {
      const value = getMember(getMember(sent, key) ? after[name] : before[name], key);
      if (value) entries.push([key, value]);
    }
    return jsonObject(entries);
  };
  return { user_metadata: section('user_metadata'), app_metadata: section('app_metadata') };
}

/** JSON text of a record; numbers keep their text. */
export function writeRecord({ tenant, id, label, savedAtMs, before, body, after }: SaveRecord): string {
  const head = JSON.stringify({ version: 1, tenant, userId: id, label, savedAtMs });
  const part = (name: string, value: JsonValue) => `"${name}":${writeJson(value)}`;
  const parts = [part('before', asObject(before)), part('body', body), part('after', asObject(after))];
  return `${head.slice(0, -1)},${parts.join(',')}}\n`;
}

/** Undefined for anything that is not the whole of a record: it may have been cut by a crash, or be somebody else's. */
export function readRecord(text: string): SaveRecord | undefined {
  const { value } = parseJson(text);
  if (value?.type !== 'object') return undefined;
  const string = (key: string) => {
    const member = getMember(value, key);
    return member?.type === 'string' ? member.value : '';
  };
  const object = (key: string) => {
    const member = getMember(value, key);
    return member?.type === 'object' ? member : undefined;
  };
  const version = getMember(value, 'version');
  const savedAt = getMember(value, 'savedAtMs');
  const [tenant, id] = [parseTenantDomain(string('tenant')), toUserId(string('userId'))];
  const [before, body, after] = [object('before'), object('body'), object('after')];
  if (version?.type !== 'number' || version.text !== '1' || savedAt?.type !== 'number') return undefined;
  if (!tenant || !id || !before || !body || !after) return undefined;
  return {
    ...ofUser(tenant, id),
    label: string('label'),
    savedAtMs: Number(savedAt.text),
    before: metadataOf(before),
    body,
    after: metadataOf(after),
  };
}
