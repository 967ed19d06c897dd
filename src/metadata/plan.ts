// The heart of saving: what to send, what to ask first, and what must not be sent at all. Pure.
import { jsonEqual } from '../json/equal';
import { getMember, JSON_NULL, type JsonObject, type JsonPath, type JsonValue, jsonObject } from '../json/value';
import { diffValues } from './diff';
import { SECTIONS, type Section, type UserMetadata } from './document';
import { type Conflict, type Kept, keysOf, type MergeLog, mergeValue, type Side } from './merge';

/**
 * The body of `PATCH /api/v2/users/{id}`: at most the two metadata objects, each with the root keys to set, or `null`
 * for those to remove. No members: there is nothing to send.
 */
export type PatchBody = JsonObject;

/** A value on the server that the PATCH takes away; `after` is undefined where nothing comes in its place. */
export interface Replacement {
  readonly path: JsonPath;
  readonly before: JsonValue;
  readonly after: JsonValue | undefined;
}

export type PlanProblemCode = 'nullAtRoot' | 'numberOutOfRange';

export interface PlanProblem {
  readonly code: PlanProblemCode;
  readonly path: JsonPath;
}

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
  const problems = findProblems(edited, base);
  if (problems.length) return { ...NOTHING, problems };
  const log: MergeLog = { conflicts: [], kept: [] };
  const replacements: Replacement[] = [];
  const removals: Replacement[] = [];
  const sections: [Section, JsonObject][] = [];
  for (const section of SECTIONS) {
    const entries: [string, JsonValue][] = [];
    for (const key of keysOf(edited[section], base[section])) {
      const path = [section, key];
      const [b, mine, theirs] = [base, edited, remote].map(side => getMember(side[section], key));
      if (jsonEqual(b, mine)) continue;
      const conflictsBefore = log.conflicts.length;
      const merged = mergeValue(b, mine, theirs, path, log, options.resolve ?? (() => 'mine'));
      if (log.conflicts.length > conflictsBefore && !options.resolve) continue;
      if (jsonEqual(merged, theirs)) continue;
      entries.push([key, merged ?? JSON_NULL]);
      if (!theirs) continue;
      if (merged) replacements.push(...nestedReplacements(theirs, merged, path));
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

/**
 * The nested keys of `theirs` that `merged`, put in its place, removes or gives another value. Additions are none; nor
 * is a change of a root value that holds no nested keys: that value is what the user sees and typed over.
 */
function nestedReplacements(theirs: JsonValue, merged: JsonValue, path: JsonPath): Replacement[] {
  return diffValues(theirs, merged, path).flatMap(({ path: at, before, after }) => {
    if (!before) return [];
    const belowKey = at.slice(path.length).some(step => typeof step === 'string');
    if (belowKey || (at.length > path.length && holdsKeys(before))) return [{ path: at, before, after }];
    return at.length === path.length ? nestedKeys(before, at) : [];
  });
}

/** The outermost keys below `value`, as removed. */
function nestedKeys(value: JsonValue, path: JsonPath): Replacement[] {
  if (value.type === 'object') {
    return value.members.map(({ key, value: before }) => ({ path: [...path, key], before, after: undefined }));
  }
  if (value.type !== 'array') return [];
  return value.items.flatMap((item, i) =>
    holdsKeys(item) ? [{ path: [...path, i], before: item, after: undefined }] : [],
  );
}

/** Whether an object with keys stands anywhere in `value`. */
function holdsKeys(value: JsonValue): boolean {
  const pending: JsonValue[] = [value];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (next.type === 'object' && next.members.length) return true;
    if (next.type === 'array') for (const item of next.items) pending.push(item);
  }
  return false;
}

/** What a PATCH cannot say. A value that was loaded like that and is unchanged is not sent, and so is no problem. */
function findProblems(edited: UserMetadata, base: UserMetadata): PlanProblem[] {
  return SECTIONS.flatMap(section =>
    edited[section].members.flatMap(({ key, value }): PlanProblem[] => {
      const path = [section, key];
      if (value.type === 'null') return [{ code: 'nullAtRoot', path }];
      if (jsonEqual(value, getMember(base[section], key))) return [];
      return infiniteNumbers(value, path);
    }),
  );
}

/** Numbers that a JavaScript service would read as Infinity and write back as `null`. */
function infiniteNumbers(value: JsonValue, path: JsonPath): PlanProblem[] {
  const found: PlanProblem[] = [];
  const pending: [JsonValue, JsonPath][] = [[value, path]];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [node, at] = next;
    if (node.type === 'number' && !Number.isFinite(Number(node.text))) {
      found.push({ code: 'numberOutOfRange', path: at });
    } else if (node.type === 'object') for (const m of node.members) pending.push([m.value, [...at, m.key]]);
    else if (node.type === 'array') for (const [i, item] of node.items.entries()) pending.push([item, [...at, i]]);
  }
  return found;
}
