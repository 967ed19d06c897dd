// Second part of a plan: the wanted state as the body of a PATCH of a user, and what such a body does.
import { jsonEqual } from '../json/equal';
import { findMember, getMember, JSON_NULL, type JsonObject, type JsonValue, jsonObject, memberAt } from '../json/value';
import { mapSections, SECTIONS, type Section, type Sections } from './document';

/**
 * The body of `PATCH /api/v2/users/{id}`: at most the two metadata objects, each with the root keys to set, or `null`
 * for those to remove. No members: there is nothing to send.
 */
export type PatchBody = JsonObject;

/**
 * The body that brings the server from `remote` to `wanted`. The service merges the root keys of each metadata object and
 * replaces everything below them (Auth0's documentation, "Metadata: merging and replacing"), so a root key is sent with its
 * complete value, or not at all.
 */
export function encodePatch(remote: Sections, wanted: Sections): PatchBody {
  const sections: [Section, JsonObject][] = [];
  for (const section of SECTIONS) {
    const [held, aim] = [remote[section], wanted[section]];
    if (held === aim) continue;
    const entries: [string, JsonValue][] = [];
    for (const [i, { key, value }] of aim.members.entries()) {
      if (!jsonEqual(memberAt(held, key, i)?.value, value)) entries.push([key, value]);
    }
    for (const [i, { key }] of held.members.entries()) if (!memberAt(aim, key, i)) entries.push([key, JSON_NULL]);
    if (entries.length) sections.push([section, jsonObject(entries)]);
  }
  return jsonObject(sections);
}

/** What the documented service holds after `body`: root keys merged, `null` removes, everything below replaced. */
export function applyPatch(remote: Sections, body: PatchBody): Sections {
  return mapSections(section => {
    const sent = getMember(body, section);
    if (sent?.type !== 'object') return remote[section];
    const held = remote[section];
    const kept = held.members.map(({ key, value }) => [key, getMember(sent, key) ?? value] as const);
    const added = sent.members.flatMap(({ key, value }) => (findMember(held, key) ? [] : [[key, value] as const]));
    return jsonObject([...kept, ...added].filter(([, { type }]) => type !== 'null'));
  });
}

/** Whether the server, which holds `now`, may have carried out `body`: every root key is what it was sent as, or gone. */
export function isApplied(body: PatchBody, now: Sections): boolean {
  return SECTIONS.every(section => {
    const sent = getMember(body, section);
    if (sent?.type !== 'object') return true;
    return sent.members.every(({ key, value }) =>
      jsonEqual(getMember(now[section], key), value.type === 'null' ? undefined : value),
    );
  });
}
