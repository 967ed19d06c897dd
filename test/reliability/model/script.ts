// What is scripted for one action: the answers to its questions, its faults, and what happens in its middle.
import type { Question } from '../../../src/shell/dialogs';
import { shown } from '../../support/vscode/window';
import type { FaultName, Meanwhile, Save } from './actions';
import { CONFLICT } from './questions';

/** Questions that stood open for longer than this make the save look at the server again. */
export const LONG_MS = 10_000;
export const clock = { aheadMs: 0 };
const now = performance.now.bind(performance);
performance.now = () => now() + clock.aheadMs;

/** What is scripted for one action. */
export interface Script {
  answer(question: Question): string | undefined;
  readonly faults: { get?: FaultName | undefined; patch?: FaultName | undefined; again?: FaultName | undefined };
  meanwhile: readonly Meanwhile[];
}

export const NOTHING_HAPPENS: Script = { answer: () => undefined, faults: {}, meanwhile: [] };

export function scriptOf({ conflicts, confirms, getFault, patchFault, readBackFault, meanwhile }: Save): Script {
  const [toConflicts, toConfirms] = [[...conflicts], [...confirms]];
  return {
    answer: ({ buttons }) => (buttons.includes(CONFLICT) ? toConflicts : toConfirms).shift(),
    faults: { get: getFault, patch: patchFault, again: readBackFault },
    meanwhile,
  };
}

/** Once a comparison that a save wants is open, or could not be opened. */
export async function comparisonOpened(): Promise<void> {
  const isOpen = () => shown.executed.some(({ command }) => command === 'vscode.diff');
  const failed = () => shown.messages.some(({ kind }) => kind === 'error');
  while (!isOpen() && !failed()) await new Promise(resolve => setTimeout(resolve, 0));
}

/** What goes wrong with a request, once. */
export function takeFault({ faults }: Script, of: keyof Script['faults']): FaultName | undefined {
  const fault = faults[of];
  faults[of] = undefined;
  return fault;
}

/** What happens at a moment, once. */
export function takeDue(script: Script, moment: Meanwhile['at']): readonly Meanwhile[] {
  const due = script.meanwhile.filter(({ at }) => at === moment);
  script.meanwhile = script.meanwhile.filter(({ at }) => at !== moment);
  return due;
}
