// One save from the edited metadata to the outcome: read, plan, ask, send, check. Knows no VS Code.

import { jsonEqual } from '../json/equal';
import { writeJson } from '../json/write';
import { ManagementError } from '../management/errors';
import type { UserProfile } from '../management/resources/users';
import { type Change, diffValues } from '../metadata/diff';
import { asObject, metadataOf, type Sections } from '../metadata/document';
import { applyPatch } from '../metadata/encode';
import type { Conflict, Side } from '../metadata/merge';
import { hasChanges, type PatchPlan, planEdit, planPatch } from '../metadata/plan';
import type { PlanProblem } from '../metadata/planProblems';
import { type ConfirmPolicy, type ConfirmReason, whyConfirm } from './confirmPolicy';

/** The user on the server, as far as a save needs it. All throw ManagementError. */
export interface UserResource {
  /** A read by itself, which waits as long as it must. */
  get(signal?: AbortSignal): Promise<UserProfile>;
  /** Waits for all that one read and one write may have to wait for: between them nothing does. */
  begin(signal?: AbortSignal): Promise<SaveRequests>;
}

/** One read and the write that is planned on it. An error that says `again` wants another `begin`. */
export interface SaveRequests {
  get(signal?: AbortSignal): Promise<UserProfile>;
  /**
   * Sent at once or not at all, and never twice.
   *
   * @param body JSON text of the PATCH
   */
  patch(body: string, signal?: AbortSignal): Promise<UserProfile>;
}

/** What a save may have to ask. Undefined is always *Cancel*. */
export interface SaveQuestions {
  confirm(question: ConfirmQuestion): Promise<'save' | 'showChanges' | undefined>;
  resolve(conflicts: readonly Conflict[]): Promise<'compare' | 'overwrite' | 'takeTheirs' | undefined>;
}

export interface ConfirmQuestion {
  readonly plan: PatchPlan;
  readonly reason: ConfirmReason;
  /** All that the save would change on the server, additions included. */
  readonly changes: readonly Change[];
}

export interface SaveRequest {
  /** What the editor loaded; undefined for an editor restored without it: then everything is asked. */
  readonly base: Sections | undefined;
  readonly edited: Sections;
  readonly policy: ConfirmPolicy;
  /** Fingerprint of a plan that was looked at already, see `fingerprint`. */
  readonly approved?: string | undefined;
  /**
   * Set where an earlier save may have been made or not: the server is asked even if nothing is to be sent. Hears what it
   * holds, and gives the base that this leaves.
   */
  readonly prove?: ((remote: Sections) => Sections | undefined) | undefined;
}

export type SaveOutcome =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly problems: readonly PlanProblem[] }
  | { readonly kind: 'cancelled' }
  /** The user wants to look first; `plan` counts as approved against `remote`. */
  | { readonly kind: 'showChanges'; readonly remote: Sections; readonly plan: PatchPlan }
  /** The user wants to solve the conflicts by hand. */
  | { readonly kind: 'compare'; readonly remote: Sections; readonly conflicts: readonly Conflict[] }
  /** The server already holds what the plan would have sent. */
  | { readonly kind: 'upToDate'; readonly edited: Sections; readonly now: Sections; readonly plan: PatchPlan }
  | Saved
  /** The PATCH was sent, no answer came, and reading back shows that it was not (or not alone) applied. */
  | {
      readonly kind: 'lost';
      readonly state: 'notSaved' | 'changedMeanwhile';
      readonly error: ManagementError;
      readonly sent: Sent;
      /** What the server holds instead. */
      readonly found: Sections;
    }
  /** The PATCH was sent, no answer came, and reading back failed as well. */
  | { readonly kind: 'unknown'; readonly error: ManagementError; readonly sent: Sent };

export interface Saved {
  readonly kind: 'saved';
  readonly edited: Sections;
  readonly plan: PatchPlan;
  /** The server's state that was planned against. */
  readonly before: Sections;
  /** The server's state afterwards: the PATCH's own answer, or what was read back. */
  readonly now: Sections;
  readonly profile: UserProfile;
  /** Where `now` is not what the PATCH should have made of `before`. */
  readonly surprises: readonly Change[];
  /** The answer was lost, the state was read back. */
  readonly readBack: boolean;
}

/** As often as a rate limit is waited for elsewhere. */
const MAX_AGAIN = 5;

/**
 * Saves: one GET and one PATCH, none where nothing changed. Between them nothing is waited for. After every wait (a question,
 * a rate limit, a token that was no longer taken) it begins again at the GET; if the server has moved by then in a way
 * that changes what was asked, it is asked again.
 *
 * @throws ManagementError for a failure that certainly left the server untouched
 */
export async function saveUser(
  request: SaveRequest,
  user: UserResource,
  questions: SaveQuestions,
  signal?: AbortSignal,
): Promise<SaveOutcome> {
  const { edited, policy, prove } = request;
  let { base } = request;
  if (request.base && !prove) {
    const local = planEdit(request.base, edited);
    if (local.problems.length) return { kind: 'refused', problems: local.problems };
    if (!hasChanges(local)) return { kind: 'unchanged' };
  }
  const approved = new Set([request.approved]);
  let resolution: { readonly side: Side; readonly of: string } | undefined;
  let failures = 0;
  for (;;) {
    try {
      const outcome = await attempt(await user.begin(signal));
      if (outcome !== 'answered') return outcome;
    } catch (error) {
      if (!ManagementError.is(error) || !error.again || ++failures > MAX_AGAIN) throw error;
    }
  }

  /** `answered`: a question was, and what the answer was given for may have changed meanwhile. */
  async function attempt(requests: SaveRequests): Promise<SaveOutcome | 'answered'> {
    const remote = metadataOf((await requests.get(signal)).value);
    base = prove?.(remote) ?? base ?? remote;
    let plan = planPatch(base, edited, remote);
    if (plan.problems.length) return { kind: 'refused', problems: plan.problems };
    const { conflicts } = plan;
    const clash = describeConflicts(conflicts);
    if (conflicts.length && resolution?.of === clash) {
      const { side } = resolution;
      plan = planPatch(base, edited, remote, { resolve: () => side });
    } else if (conflicts.length) {
      const choice = await questions.resolve(conflicts);
      if (!choice) return { kind: 'cancelled' };
      if (choice === 'compare') return { kind: 'compare', remote, conflicts };
      resolution = { side: choice === 'overwrite' ? 'mine' : 'theirs', of: clash };
      return 'answered';
    }
    if (!hasChanges(plan)) return { kind: 'upToDate', edited, now: remote, plan };
    const reason = whyConfirm(plan, policy, request.base === undefined);
    const print = fingerprint(plan, remote);
    if (reason && !approved.has(print)) {
      const choice = await questions.confirm({ plan, reason, changes: changesOf(remote, plan) });
      if (!choice) return { kind: 'cancelled' };
      if (choice === 'showChanges') return { kind: 'showChanges', remote, plan };
      approved.add(print);
      return 'answered';
    }
    return send({ edited, plan, before: remote }, user, requests, signal);
  }
}

function changesOf(remote: Sections, plan: PatchPlan): Change[] {
  return diffValues(asObject(remote), asObject(applyPatch(remote, plan.body)));
}

/** Identifies a plan against a server state: an answer given for one counts only for that one. */
export function fingerprint(plan: PatchPlan, remote: Sections): string {
  return `${writeJson(plan.body)}\n${writeJson(asObject(remote))}`;
}

/** What a PATCH was to do, and to what. */
export type Sent = Pick<Saved, 'edited' | 'plan' | 'before'>;

async function send(
  sent: Sent,
  user: UserResource,
  requests: SaveRequests,
  signal: AbortSignal | undefined,
): Promise<SaveOutcome> {
  try {
    return saved(sent, await requests.patch(writeJson(sent.plan.body), signal), false);
  } catch (error) {
    if (!ManagementError.is(error) || error.outcome !== 'unknown') throw error;
    return readBack(sent, user, error, signal);
  }
}

/** Finds out what became of a PATCH that got no answer, if it was cancelled too: the user must hear how it ended. */
async function readBack(
  sent: Sent,
  user: UserResource,
  error: ManagementError,
  signal: AbortSignal | undefined,
): Promise<SaveOutcome> {
  let profile: UserProfile;
  try {
    profile = await user.get(signal?.aborted ? undefined : signal);
  } catch (second) {
    if (!ManagementError.is(second)) throw second;
    return { kind: 'unknown', error, sent };
  }
  const now = metadataOf(profile.value);
  if (holdsAll(sent, now)) return saved(sent, profile, true);
  const state = metadataEqual(now, sent.before) ? 'notSaved' : 'changedMeanwhile';
  return { kind: 'lost', state, error, sent, found: now };
}

/** Whether every root key that was sent is in `now` what it was sent as. */
function holdsAll({ plan, before }: Sent, now: Sections): boolean {
  return !hasChanges(planPatch(before, applyPatch(before, plan.body), now, { resolve: () => 'mine' }));
}

function saved(sent: Sent, profile: UserProfile, readBackOnly: boolean): Saved {
  const now = metadataOf(profile.value);
  const surprises = diffValues(asObject(applyPatch(sent.before, sent.plan.body)), asObject(now));
  return { kind: 'saved', ...sent, now, profile, surprises, readBack: readBackOnly };
}

export function metadataEqual(a: Sections, b: Sections): boolean {
  return jsonEqual(asObject(a), asObject(b));
}

function describeConflicts(conflicts: readonly Conflict[]): string {
  return JSON.stringify(conflicts.map(({ path, theirs }) => [path, theirs ? writeJson(theirs) : undefined]));
}
