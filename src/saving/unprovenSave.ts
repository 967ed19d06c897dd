// A save that got no answer and could not be read back. Only a later read can show whether it was applied.

import type { Sections } from '../metadata/document';
import { applyPatch, isApplied } from '../metadata/encode';
import { savedBase } from '../metadata/rebase';
import { movedBase } from './baseMoves';
import type { Sent } from './save';

export class UnprovenSave {
  readonly #sent: Sent;
  readonly #base: Sections | undefined;
  #isGivenUp: boolean = false;

  /** @param base the merge base of the save */
  constructor(sent: Sent, base: Sections | undefined) {
    this.#sent = sent;
    this.#base = base;
  }

  /** Whether the server state `remote` shows that the save was applied. */
  wasMade(remote: Sections): boolean {
    return isApplied(this.#sent.plan.body, remote);
  }

  /** Call when the saved text was discarded for the server's state: the document no longer contains this save. */
  giveUp(): void {
    this.#isGivenUp = true;
  }

  /** `base` with this save added. Text of an earlier window has no base, and nothing is added to it. */
  addedTo(base: Sections | undefined): Sections | undefined {
    if (this.#isGivenUp || (!base && this.#base)) return base;
    const { before, edited, plan } = this.#sent;
    const made = savedBase(edited, this.#base, applyPatch(before, plan.body), plan.conflicts);
    return movedBase(base, this.#base, made);
  }
}
