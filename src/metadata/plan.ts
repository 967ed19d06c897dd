// Plans a save: what to send, what to ask first, and what must not be sent. Pure.

import { jsonObject } from '../json/value';
import type { Sections } from './document';
import { applyPatch, encodePatch, type PatchBody } from './encode';
import type { Conflict, Kept, Resolve } from './merge';
import { findProblems, type PlanProblem } from './planProblems';
import { wantedState } from './wanted';
import { type Replacement, warningsOf } from './warnings';

export interface PatchPlan {
  readonly body: PatchBody;
  /** Nested values on the server that the PATCH would remove or replace. */
  readonly replacements: readonly Replacement[];
  /** Root keys that the PATCH would remove. */
  readonly removals: readonly Replacement[];
  /** Other people's changes below a root key that is sent; the sent value includes them. */
  readonly kept: readonly Kept[];
  /** Paths changed on both sides. Their root keys are not in `body` unless a resolution was given. */
  readonly conflicts: readonly Conflict[];
  /** Reasons why nothing may be sent; `body` is then empty. */
  readonly problems: readonly PlanProblem[];
}

export interface PlanOptions {
  /** Whose value to use at a path changed on both sides. Without it, root keys with conflicts are not in the body. */
  readonly resolve?: Resolve;
}

/**
 * Plans the PATCH that applies an edit to the server's state, in three steps: the wanted state (wanted.ts), the body
 * for it (encode.ts), and the server's values that it removes or replaces (warnings.ts).
 *
 * @param base the state that was edited
 * @param edited the state to save
 * @param remote the server's current state
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

/** Plans an edit without asking the server, as if its state were still `base`. */
export function planEdit(base: Sections, edited: Sections): PatchPlan {
  return planPatch(base, edited, base);
}

const NOTHING = { body: jsonObject([]), replacements: [], removals: [], kept: [], conflicts: [] } as const;

/** Whether the plan needs a request. */
export function hasChanges(plan: PatchPlan): boolean {
  return plan.body.members.length > 0;
}
