// Asks one question of several in a QuickInput, with its step number and a Back button. Typed text is never lost.
import * as vscode from 'vscode';

/** How a step ended without an answer. */
export type StepExit = 'back' | 'cancelled';

export interface StepPosition {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
  /** Ends the question as `cancelled`. */
  readonly signal?: AbortSignal | undefined;
}

export interface InputStep extends StepPosition {
  readonly value: string;
  readonly placeholder: string;
  readonly prompt: string;
  readonly password?: boolean;
  /** A page that helps with the answer. */
  readonly help?: { readonly tooltip: string; readonly url: string };
  /** On Enter, before `accept`: what is wrong with the value; undefined if nothing is. */
  check(value: string): string | undefined;
  /** On Enter, with progress. Resolves with an error message, which keeps the box open, or with undefined. */
  accept?(value: string, signal: AbortSignal): Promise<string | undefined>;
  /** Gets the text of the box when the step ends, whatever ends it. */
  keep(value: string): void;
}

export interface PickStep<T extends string> extends StepPosition {
  readonly placeholder: string;
  readonly active: T;
  readonly items: readonly (vscode.QuickPickItem & { readonly answer: T })[];
}

/** Asks for a line of text, and resolves with it trimmed. */
export async function askInput(step: InputStep): Promise<{ readonly answer: string } | StepExit> {
  const box = vscode.window.createInputBox();
  const controller = new AbortController();
  const help = step.help && { iconPath: new vscode.ThemeIcon('link-external'), tooltip: step.help.tooltip };
  prepare(box, step, help ? [help] : []);
  box.value = step.value;
  box.placeholder = step.placeholder;
  box.prompt = step.prompt;
  box.password = step.password ?? false;
  try {
    return await new Promise(resolve => {
      box.onDidChangeValue(() => {
        box.validationMessage = undefined;
      });
      box.onDidTriggerButton(button => {
        if (button === vscode.QuickInputButtons.Back) resolve('back');
        else if (step.help) void vscode.env.openExternal(vscode.Uri.parse(step.help.url));
      });
      box.onDidHide(() => resolve('cancelled'));
      step.signal?.addEventListener('abort', () => resolve('cancelled'));
      box.onDidAccept(async () => {
        if (box.busy) return;
        const value = box.value.trim();
        box.validationMessage = step.check(value) ?? (await accept(box, step, value, controller.signal));
        if (box.validationMessage === undefined) resolve({ answer: value });
      });
      box.show();
    });
  } finally {
    controller.abort();
    step.keep(box.value);
    box.dispose();
  }
}

async function accept(
  box: vscode.InputBox,
  step: InputStep,
  value: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (!step.accept) return undefined;
  box.busy = true;
  box.enabled = false;
  try {
    return await step.accept(value, signal);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    box.enabled = true;
    box.busy = false;
  }
}

/** Asks to choose one of the items. */
export async function askPick<T extends string>(step: PickStep<T>): Promise<{ readonly answer: T } | StepExit> {
  const pick = vscode.window.createQuickPick<PickStep<T>['items'][number]>();
  prepare(pick, step, []);
  pick.placeholder = step.placeholder;
  pick.items = step.items;
  pick.activeItems = step.items.filter(({ answer }) => answer === step.active);
  try {
    return await new Promise(resolve => {
      pick.onDidTriggerButton(() => resolve('back'));
      pick.onDidHide(() => resolve('cancelled'));
      step.signal?.addEventListener('abort', () => resolve('cancelled'));
      pick.onDidAccept(() => {
        const [chosen] = pick.selectedItems;
        if (chosen) resolve({ answer: chosen.answer });
      });
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}

function prepare(
  input: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox,
  { title, step, totalSteps }: StepPosition,
  buttons: readonly vscode.QuickInputButton[],
): void {
  input.title = title;
  input.step = step;
  input.totalSteps = totalSteps;
  input.buttons = step > 1 ? [vscode.QuickInputButtons.Back, ...buttons] : buttons;
  // Users copy a token from another window: leaving this one must not close the question.
  input.ignoreFocusOut = true;
}
