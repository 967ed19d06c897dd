// One save from the edited metadata to the outcome: read, plan, ask, send, check. Independent of VS Code.

import { jsonEqual } from '../json/equal';
import { writeJson } from '../json/write';
import type { Clock } from '../management/budget/clock';
import { isSignInNeeded, ManagementError } from '../management/errors';
import type { UserProfile } from '../management/resources/users';
import { type Change, diffValues } from '../metadata/diff';
import { asObject, metadataOf, type Sections } from '../metadata/document';
import { applyPatch, encodePatch } from '../metadata/encode';
import type { Conflict, Side } from '../metadata/merge';
import { hasChanges, type PatchPlan, planEdit, planPatch } from '../metadata/plan';
import type { PlanProblem } from '../metadata/planProblems';
import { wantedState } from '../metadata/wanted';
import { type AccessQuestions, beginAgain } from './beginAgain';
import { type ConfirmPolicy, type ConfirmReason, whyConfirm } from './confirmPolicy';

/** The requests of a save. All of them throw ManagementError. */
export interface UserResource {
  /** A single read, which waits as long as necessary. */
  get(signal?: AbortSignal): Promise<UserProfile>;
  /**
   * Does all the waiting for one read and one write in advance, so that nothing waits between them.
   *
   * @param correlationId is sent with the write
   */
  begin(signal?: AbortSignal, correlationId?: string): Promise<SaveRequests>;
}

/** One read and the write that is planned on it. After an error with `again`, call `begin` again. */
export interface SaveRequests {
  get(signal?: AbortSignal): Promise<UserProfile>;
  /**
   * Sends at once or not at all, and never twice.
   *
   * @param body JSON text of the PATCH
   */
  patch(body: string, signal?: AbortSignal): Promise<UserProfile>;
}

/** The questions of a save. Undefined always means *Cancel*. */
export interface SaveQuestions extends AccessQuestions {
  /** What they say of the tenant: an answer counts only as long as they would say the same. */
  about?(): string;
  confirm(question: ConfirmQuestion): Promise<'save' | 'showChanges' | undefined>;
  resolve(conflicts: readonly Conflict[]): Promise<'compare' | 'overwrite' | 'takeTheirs' | undefined>;
}

export interface ConfirmQuestion {
  readonly plan: PatchPlan;
  readonly reason: ConfirmReason;
  /** Everything that the save would change on the server, additions included. */
  readonly changes: readonly Change[];
}

export interface SaveRequest {
  /** Merge base; undefined for an editor restored without it, which always asks. */
  readonly base: Sections | undefined;
  readonly edited: Sections;
  /** Read each time before something is sent: it may have changed while the save waited. */
  readonly policy: () => ConfirmPolicy;
  /** What the user has already seen: the fingerprint of a plan, of this tenant. Counts unless every save is to be confirmed. */
  readonly approved?: { readonly print: string; readonly about: string | undefined } | undefined;
  /**
   * Set if the outcome of an earlier save is unknown: the server is then read even if there is nothing to send. Takes
   * the server's state and returns the base that results from it.
   */
  readonly prove?: ((remote: Sections) => Sections | undefined) | undefined;
  /** Is sent with each write of the save. */
  readonly correlationId?: string | undefined;
  readonly clock?: Pick<Clock, 'nowMs'> | undefined;
}

export type SaveOutcome =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly problems: readonly PlanProblem[] }
  | { readonly kind: 'cancelled' }
  /** The tenant accepts no token, and nobody has signed in again. Nothing was applied. */
  | { readonly kind: 'signedOut'; readonly error: ManagementError }
  /** The user wants to see the changes first; `plan` counts as approved against `remote`. */
  | { readonly kind: 'showChanges'; readonly remote: Sections; readonly plan: PatchPlan }
  /** The user wants to resolve the conflicts by hand. */
  | { readonly kind: 'compare'; readonly remote: Sections }
  /** The server already holds what the plan would have sent. */
  | { readonly kind: 'upToDate'; readonly edited: Sections; readonly now: Sections; readonly plan: PatchPlan }
  | Saved
  /** The PATCH was sent, no answer came, and reading back shows that it was not applied, or not alone. */
  | {
      readonly kind: 'lost';
      readonly state: 'notSaved' | 'changedMeanwhile';
      readonly sent: Sent;
      /** The server's state that was read back. */
      readonly found: Sections;
    }
  /** The PATCH was sent, no answer came, and reading back failed as well. */
  | { readonly kind: 'unknown'; readonly sent: Sent };

export interface Saved {
  readonly kind: 'saved';
  readonly edited: Sections;
  readonly plan: PatchPlan;
  /** The server's state that the plan was made for. */
  readonly before: Sections;
  /** The server's state afterwards: the answer to the PATCH, or what was read back. */
  readonly now: Sections;
  readonly profile: UserProfile;
  /** Differences between `now` and the expected result of the PATCH. */
  readonly surprises: readonly Change[];
  /** Whether the answer was lost and the state was read back. */
  readonly readBack: boolean;
}

/**
 * Saves with one GET and one PATCH, or without a request if nothing changed. Nothing waits between the two. After every
 * wait (a question, a rate limit, a refused token, a new sign-in, a lock) the save begins again at the GET. If the
 * server's state has changed what was asked, it asks again.
 *
 * @throws ManagementError for a failure that certainly changed nothing on the server
 */
export async function saveUser(
  request: SaveRequest,
  user: UserResource,
  questions: SaveQuestions,
  signal?: AbortSignal,
): Promise<SaveOutcome> {
  const { edited, policy, prove, correlationId, clock } = request;
  let { base } = request;
  if (request.base && !prove) {
    const local = planEdit(request.base, edited);
    if (local.problems.length) return { kind: 'refused', problems: local.problems };
    if (!hasChanges(local)) return { kind: 'unchanged' };
  }
  const confirmed = new Set<string>();
  let resolution: { readonly side: Side; readonly of: string } | undefined;
  try {
    return await beginAgain(async () => attempt(await user.begin(signal, correlationId)), questions, clock);
  } catch (error) {
    if (!isSignInNeeded(error)) throw error;
    return { kind: 'signedOut', error };
  }

  /** `answered`: the user answered a question. The save begins again, as the server's state may have changed. */
  async function attempt(requests: SaveRequests): Promise<SaveOutcome | 'answered'> {
    const remote = metadataOf((await requests.get(signal)).value);
    base = prove?.(remote) ?? base ?? remote;
    let plan = planPatch(base, edited, remote);
    if (plan.problems.length) return { kind: 'refused', problems: plan.problems };
    const { conflicts } = plan;
    const asks = policy();
    const tenant = questions.about?.();
    const about = `${asks}\n${tenant}\n`;
    const clash = about + describeConflicts(conflicts);
    if (conflicts.length && resolution?.of === clash) {
      const { side } = resolution;
      plan = planPatch(base, edited, remote, { resolve: () => side });
    } else if (conflicts.length) {
      const choice = await questions.resolve(conflicts);
      if (!choice) return { kind: 'cancelled' };
      if (choice === 'compare') return { kind: 'compare', remote };
      resolution = { side: choice === 'overwrite' ? 'mine' : 'theirs', of: clash };
      return 'answered';
    }
    if (!hasChanges(plan)) return { kind: 'upToDate', edited, now: remote, plan };
    const reason = whyConfirm(plan, asks, request.base === undefined);
    const print = fingerprint(plan, remote);
    // Those who want to be asked about every save are asked, whatever they have looked at.
    const { approved } = request;
    const isSeen = asks !== 'always' && approved?.print === print && approved.about === tenant;
    const isKnown = confirmed.has(about + print) || isSeen;
    if (reason && !isKnown) {
      const choice = await questions.confirm({ plan, reason, changes: changesOf(remote, plan) });
      if (!choice) return { kind: 'cancelled' };
      if (choice === 'showChanges') return { kind: 'showChanges', remote, plan };
      confirmed.add(about + print);
      return 'answered';
    }
    return send({ edited, plan, before: remote }, user, requests, signal);
  }
}

function changesOf(remote: Sections, plan: PatchPlan): Change[] {
  return diffValues(asObject(remote), asObject(applyPatch(remote, plan.body)));
}

/** Identifies a plan and its server state: an answer to a question is valid for that pair only. */
export function fingerprint(plan: PatchPlan, remote: Sections): string {
  return `${writeJson(plan.body)}\n${writeJson(asObject(remote))}`;
}

/** A PATCH that was sent: the edit, its plan, and the server's state before it. */
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
    return readBack(sent, user, signal);
  }
}

/** Finds out what became of a PATCH without an answer. Also after *Cancel*, because the user must know how it ended. */
async function readBack(sent: Sent, user: UserResource, signal: AbortSignal | undefined): Promise<SaveOutcome> {
  let profile: UserProfile;
  try {
    profile = await user.get(signal?.aborted ? undefined : signal);
  } catch (second) {
    if (!ManagementError.is(second)) throw second;
    return { kind: 'unknown', sent };
  }
  const now = metadataOf(profile.value);
  if (holdsAll(sent, now)) return saved(sent, profile, true);
  const state = metadataEqual(now, sent.before) ? 'notSaved' : 'changedMeanwhile';
  return { kind: 'lost', state, sent, found: now };
}

/** Whether `now` has every root key as it was sent. */
function holdsAll({ plan, before }: Sent, now: Sections): boolean {
  const { wanted } = wantedState(before, applyPatch(before, plan.body), now, () => 'mine');
  return encodePatch(now, wanted).members.length === 0;
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
