// Decides whether a save without conflicts asks before it sends.
import { isInConflict } from '../metadata/merge';
import type { PatchPlan } from '../metadata/plan';

/** The setting `auth0Metadata.confirmSave`. */
export const CONFIRM_POLICIES = ['always', 'replacements', 'removals', 'never'] as const;
export type ConfirmPolicy = (typeof CONFIRM_POLICIES)[number];

/** The one that asks more often. */
export function stricter(a: ConfirmPolicy, b: ConfirmPolicy): ConfirmPolicy {
  return CONFIRM_POLICIES.find(policy => policy === a || policy === b) ?? a;
}

/** Why a save asks: keys are removed, nested values are replaced, the setting says so, or there is no merge base. */
export type ConfirmReason = 'removals' | 'replacements' | 'always' | 'noBase';

/**
 * Undefined if the save does not ask. Does not ask again about paths whose conflict was just resolved.
 *
 * @param noBase the editor was restored without its merge base: asks with any policy
 */
export function whyConfirm(plan: PatchPlan, policy: ConfirmPolicy, noBase: boolean): ConfirmReason | undefined {
  if (noBase) return 'noBase';
  if (policy === 'never') return undefined;
  if (policy === 'always') return 'always';
  const open = [...plan.removals, ...plan.replacements].filter(({ path }) => !isInConflict(path, plan.conflicts));
  if (open.some(({ after }) => !after)) return 'removals';
  return open.length && policy === 'replacements' ? 'replacements' : undefined;
}
