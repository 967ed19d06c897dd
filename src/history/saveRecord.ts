// The record of one save in the history, and its JSON text.

import { parseJson } from '../json/parse';
import { getMember, type JsonValue } from '../json/value';
import { writeJson } from '../json/write';
import { isCorrelationId } from '../management/correlation';
import { ofUser, type ResourceId } from '../management/resourceId';
import { toUserId } from '../management/resources/users';
import { parseTenantDomain } from '../management/tenant';
import { asObject, metadataOf } from '../metadata/document';
import type { MadePatch } from '../metadata/made';

export interface SaveRecord extends ResourceId, MadePatch {
  /** The user's name in the title of the tab. */
  readonly label: string;
  /** When the save ended, in milliseconds since the epoch. */
  readonly savedAtMs: number;
  /** Names the save in the tenant's log. */
  readonly correlationId?: string | undefined;
}

/** JSON text of a record; numbers keep their text. */
export function writeRecord({ tenant, id, before, body, after, ...about }: SaveRecord): string {
  const { label, savedAtMs, correlationId } = about;
  const head = JSON.stringify({ version: 1, tenant, userId: id, label, savedAtMs, correlationId });
  const part = (name: string, value: JsonValue) => `"${name}":${writeJson(value)}`;
  const parts = [part('before', asObject(before)), part('body', body), part('after', asObject(after))];
  return `${head.slice(0, -1)},${parts.join(',')}}\n`;
}

/** Undefined for text that is not a complete record, such as a file cut by a crash or written by another program. */
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
    ...(isCorrelationId(string('correlationId')) && { correlationId: string('correlationId') }),
    before: metadataOf(before),
    body,
    after: metadataOf(after),
  };
}
