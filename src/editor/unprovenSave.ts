// A save that got no answer, and could not be read back: whether it was made, only a later look at the server tells.
import type { UserMetadata } from '../metadata/document';
import { applyPatch, isApplied } from '../metadata/plan';
import { savedBase } from '../metadata/rebase';
import { movedBase } from './baseMoves';
import type { Sent } from './saveUser';

export class UnprovenSave {
  readonly #sent: Sent;
  readonly #base: UserMetadata | undefined;

  /** @param base what it was planned with */
  constructor(sent: Sent, base: UserMetadata | undefined) {
    this.#sent = sent;
    this.#base = base;
  }

  /** Whether the server, which holds `remote`, shows that it was made. */
  wasMade(remote: UserMetadata): boolean {
    return isApplied(this.#sent.plan.body, remote);
  }

  /** What becomes of `base` once it is known to have been made. */
  addedTo(base: UserMetadata | undefined): UserMetadata | undefined {
    const { before, edited, plan } = this.#sent;
    const made = savedBase(edited, this.#base, applyPatch(before, plan.body), plan.conflicts);
    return movedBase(base, this.#base, made);
  }
}
