// The heart of saving: what to send, what to ask first, and what must not be sent at all. Pure.
import { jsonEqual } from '../json/equal';
import { getMember, JSON_NULL, type JsonObject, type JsonPath, type JsonValue, jsonObject } from '../json/value';
import { SECTIONS, type Section, type UserMetadata } from './document';
import { type Conflict, type Kept, keysOf, type MergeLog, mergeValue, type Side } from './merge';
import { findProblems, type PlanProblem } from './planProblems';
import { nestedReplacements, type Replacement } from './replacements';
import { rootChanges } from './rootChanges';

/**
 * The body of `PATCH /api/v2/users/{id}`: at most the two metadata objects, each with the root keys to set, or `null`
 * for those to remove. No members: there is nothing to send.
 */
export type PatchBody = JsonObject;

export interface PatchPlan {
  readonly body: PatchBody;
  /** Nested keys of the server's values that the PATCH would remove or give another value. */
  readonly replacements: readonly Replacement[];
  /** Root keys that the PATCH would remove. */
  readonly removals: readonly Replacement[];
  /** Changes by somebody else below a root key that is sent, carried over into it. */
  readonly kept: readonly Kept[];
  /** Paths changed on both sides. Their root keys are not in `body` unless a resolution was given. */
  readonly conflicts: readonly Conflict[];
  /** Reasons why nothing may be sent at all; `body` is empty then. */
  readonly problems: readonly PlanProblem[];
}

export interface PlanOptions {
  /** Whose value stands at a path changed on both sides. Without it, conflicts keep their root keys out of the body. */
  readonly resolve?: (path: JsonPath) => Side;
}

/**
 * Plans the PATCH that brings a user from what the server holds to what the editor shows.
 *
 * The service merges the root keys of each metadata object and replaces everything below them, so every root key is an
 * independent decision (Auth0's documentation, "Metadata: merging and replacing").
 *
 * @param base what the editor loaded
 * @param edited what is being saved
 * @param remote what the server holds now
 */
export function planPatch(
  base: UserMetadata,
  edited: UserMetadata,
  remote: UserMetadata,
  options: PlanOptions = {},
): PatchPlan {
  const changes = {
    user_metadata: rootChanges(base.user_metadata, edited.user_metadata),
    app_metadata: rootChanges(base.app_metadata, edited.app_metadata),
  };
  const problems = SECTIONS.flatMap(section => findProblems(section, edited[section], changes[section]));
  if (problems.length) return { ...NOTHING, problems };
  const log: MergeLog = { conflicts: [], kept: [] };
  const replacements: Replacement[] = [];
  const removals: Replacement[] = [];
  const sections: [Section, JsonObject][] = [];
  for (const section of SECTIONS) {
    const entries: [string, JsonValue][] = [];
    for (const { key, before, mine } of changes[section]) {
      const path = [section, key];
      const theirs = getMember(remote[section], key);
      const conflictsBefore = log.conflicts.length;
      const merged = mergeValue(before, mine, theirs, path, log, options.resolve ?? (() => 'mine'));
      if (log.conflicts.length > conflictsBefore && !options.resolve) continue;
      if (jsonEqual(merged, theirs)) continue;
      entries.push([key, merged ?? JSON_NULL]);
      if (!theirs) continue;
      // One by one: a spread would put hundreds of thousands of them on the stack.
      if (merged) for (const replacement of nestedReplacements(theirs, merged, path)) replacements.push(replacement);
      else removals.push({ path, before: theirs, after: undefined });
    }
    if (entries.length) sections.push([section, jsonObject(entries)]);
  }
  return { body: jsonObject(sections), replacements, removals, ...log, problems: [] };
}

const NOTHING = { body: jsonObject([]), replacements: [], removals: [], kept: [], conflicts: [] } as const;

/** Whether the plan asks for a request. */
export function hasChanges(plan: PatchPlan): boolean {
  return plan.body.members.length > 0;
}

/** What the documented service holds after `body`: root keys merged, `null` removes, everything below replaced. */
export function applyPatch(remote: UserMetadata, body: PatchBody): UserMetadata {
  const section = (name: Section): JsonObject => {
    const sent = getMember(body, name);
    if (sent?.type !== 'object') return remote[name];
    const entries: [string, JsonValue][] = [];
    for (const key of keysOf(remote[name], sent)) {
      const value = getMember(sent, key) ?? getMember(remote[name], key);
      if (value && value.type !== 'null') entries.push([key, value]);
    }
    return jsonObject(entries);
  };
  return { user_metadata: section('user_metadata'), app_metadata: section('app_metadata') };
}

/** Whether the server, which holds `now`, may have carried out `body`: every root key is what it was sent as, or gone. */
export function isApplied(body: PatchBody, now: UserMetadata): boolean {
  return SECTIONS.every(section => {
    const sent = getMember(body, section);
    if (sent?.type !== 'object') return true;
    return sent.members.every(({ key, value }) =>
      jsonEqual(getMember(now[section], key), value.type === 'null' ? undefined : value),
    );
  });
}
