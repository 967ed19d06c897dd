// Step 2 of a plan: the body of a PATCH for the wanted state, and the effect of such a body.
import { jsonEqual } from '../json/equal';
import {
  getMember,
  JSON_NULL,
  type JsonMember,
  type JsonObject,
  type JsonPath,
  type JsonValue,
  jsonObject,
  memberAt,
  objectOf,
} from '../json/value';
import { mapSections, SECTIONS, type Section, type Sections } from './document';

/**
 * The body of `PATCH /api/v2/users/{id}`: at most the two metadata objects, each with the root keys to set, or `null`
 * for those to remove. An empty object means that there is nothing to send.
 */
export type PatchBody = JsonObject;

/** The paths of the root keys that `body` sets or removes. */
export function sentPaths(body: PatchBody): JsonPath[] {
  return body.members.flatMap(({ key, value }) =>
    value.type === 'object' ? value.members.map(member => [key, member.key]) : [],
  );
}

/**
 * The body that changes the server's state from `remote` to `wanted`. The service merges the root keys of each metadata
 * object and replaces everything below them (Auth0's documentation, "Metadata: merging and replacing"), so a root key
 * is sent with its complete value or not at all.
 */
export function encodePatch(remote: Sections, wanted: Sections): PatchBody {
  const sections: [Section, JsonObject][] = [];
  for (const section of SECTIONS) {
    const [held, aim] = [remote[section], wanted[section]];
    if (held === aim) continue;
    const entries: [string, JsonValue][] = [];
    for (const [i, member] of aim.members.entries()) {
      // Most members stand in both as they are.
      if (member === held.members[i]) continue;
      const { key, value } = member;
      if (!jsonEqual(memberAt(held, key, i)?.value, value)) entries.push([key, value]);
    }
    for (const [i, { key }] of held.members.entries()) if (!memberAt(aim, key, i)) entries.push([key, JSON_NULL]);
    if (entries.length) sections.push([section, jsonObject(entries)]);
  }
  return jsonObject(sections);
}

/** The server's state after `body`, as documented: root keys are merged, `null` removes, deeper values are replaced. */
export function applyPatch(remote: Sections, body: PatchBody): Sections {
  return mapSections(section => {
    const sent = getMember(body, section);
    if (sent?.type !== 'object') return remote[section];
    const unused = new Map(sent.members.map(member => [member.key, member]));
    const members: JsonMember[] = [];
    for (const member of remote[section].members) {
      const now = unused.get(member.key);
      if (now) unused.delete(member.key);
      if (now?.value.type !== 'null') members.push(now ?? member);
    }
    for (const member of unused.values()) if (member.value.type !== 'null') members.push(member);
    return objectOf(members);
  });
}

/** Whether `body` may have been applied to get `now`: every root key is as it was sent, or removed if it was null. */
export function isApplied(body: PatchBody, now: Sections): boolean {
  return SECTIONS.every(section => {
    const sent = getMember(body, section);
    if (sent?.type !== 'object') return true;
    return sent.members.every(({ key, value }) =>
      jsonEqual(getMember(now[section], key), value.type === 'null' ? undefined : value),
    );
  });
}
