// The heart of saving: what to send, what to ask first, and what must not be sent at all. Pure.

import { jsonObject } from '../json/value';
import type { Sections } from './document';
import { applyPatch, encodePatch, type PatchBody } from './encode';
import type { Conflict, Kept, Resolve } from './merge';
import { findProblems, type PlanProblem } from './planProblems';
import { wantedState } from './wanted';
import { type Replacement, warningsOf } from './warnings';

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
  readonly resolve?: Resolve;
}

/**
 * Plans the PATCH that brings a user from what the server holds to what the editor shows, in three parts: what is wanted of
 * the server (wanted.ts), the body that says so (encode.ts), and what of the server's values goes by it (warnings.ts).
 *
 * @param base what the editor loaded
 * @param edited what is being saved
 * @param remote what the server holds now
 */
export function planPatch(
  base: Sections,
  edited: Sections,
  remote: Sections,
  { resolve }: PlanOptions = {},
): PatchPlan {
  const { wanted, changes, conflicts, kept } = wantedState(base, edited, remote, resolve);
  const problems = findProblems(edited, changes);
  if (problems.length) return { ...NOTHING, problems };
  const body = encodePatch(remote, wanted);
  return { body, ...warningsOf(remote, applyPatch(remote, body)), kept, conflicts, problems };
}

/** The plan of an edit as far as it is known without the server: against the state that it grew from. */
export function planEdit(base: Sections, edited: Sections): PatchPlan {
  return planPatch(base, edited, base);
}

const NOTHING = { body: jsonObject([]), replacements: [], removals: [], kept: [], conflicts: [] } as const;

/** Whether the plan asks for a request. */
export function hasChanges(plan: PatchPlan): boolean {
  return plan.body.members.length > 0;
}
