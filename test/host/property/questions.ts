// The questions of a save, and what their answers stand for.
import assert from 'node:assert/strict';
import type { Question } from '../../../src/shell/dialogs';
import type { Path, Side } from '../../reliability/model/oracle';

/** A button of the one question of a save, and not of the other. */
export const CONFLICT = 'Overwrite';

export interface Asked {
  readonly question: Question;
  readonly answer: string | undefined;
}

/** Whose values the answer has chosen where both sides changed a path. */
export function choiceOf(asked: readonly Asked[]): Side | undefined {
  const answer = asked.findLast(({ question }) => question.buttons.includes(CONFLICT))?.answer;
  return answer === 'Overwrite' ? 'mine' : answer === 'Take Theirs' ? 'theirs' : undefined;
}

/** Named in a question with the button, by itself or by a path above or below it, and the question was answered. */
export function assertNamed(path: Path, asked: readonly Asked[], button: string, what: string): void {
  const name = path.join('.');
  const named = asked.some(({ question, answer }) => {
    if (!answer || !question.buttons.includes(button)) return false;
    // Values and paths may be isolated from each other, for those that are written from right to left.
    const parts = question.detail.split(/[\s:\u2066-\u2069]+/u);
    return parts.some(
      part =>
        part === name ||
        part.startsWith(`${name}.`) ||
        (path.length > 1 && name.startsWith(`${part}.`) && part.includes('.')),
    );
  });
  assert(named, `${what} was not asked about: ${name}`);
}

export function isBelow(path: Path, above: Path): boolean {
  return above.every((step, i) => step === path[i]);
}
