// A save that got no answer, and could not be read back: whether it was made, only a later look at the server tells.

import type { Sections } from '../metadata/document';
import { applyPatch, isApplied } from '../metadata/encode';
import { savedBase } from '../metadata/rebase';
import { movedBase } from './baseMoves';
import type { Sent } from './save';

export class UnprovenSave {
  readonly #sent: Sent;
  readonly #base: Sections | undefined;
  #isGivenUp: boolean = false;

  /** @param base what it was planned with */
  constructor(sent: Sent, base: Sections | undefined) {
    this.#sent = sent;
    this.#base = base;
  }

  /** Whether the server, which holds `remote`, shows that it was made. */
  wasMade(remote: Sections): boolean {
    return isApplied(this.#sent.plan.body, remote);
  }

  /** Its text was given up for what the server had held before: what it may have made is not in the document any more. */
  giveUp(): void {
    this.#isGivenUp = true;
  }

  /** What becomes of `base` once it is known to have been made. Text of an earlier window has none, and grew from no save. */
  addedTo(base: Sections | undefined): Sections | undefined {
    if (this.#isGivenUp || (!base && this.#base)) return base;
    const { before, edited, plan } = this.#sent;
    const made = savedBase(edited, this.#base, applyPatch(before, plan.body), plan.conflicts);
    return movedBase(base, this.#base, made);
  }
}
