// Questions one after another in a QuickInput: step x of y, a way back, and nothing lost of what was typed.
import * as vscode from 'vscode';

/** How a step ended other than with an answer. */
export type StepExit = 'back' | 'cancelled';

export interface StepPosition {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

export interface InputStep extends StepPosition {
  readonly value: string;
  readonly placeholder: string;
  readonly prompt: string;
  readonly password?: boolean;
  /** A page that helps with the answer. */
  readonly help?: { readonly tooltip: string; readonly url: string };
  /** While typing: a complaint, or undefined. */
  check(value: string): string | undefined;
  /** On Enter, with progress; the box stays open with what it resolves with, unless that is undefined. */
  accept?(value: string, signal: AbortSignal): Promise<string | undefined>;
  /** Is told the text as it is left, however the step ends. */
  keep(value: string): void;
}

export interface PickStep<T extends string> extends StepPosition {
  readonly placeholder: string;
  readonly active: T;
  readonly items: readonly (vscode.QuickPickItem & { readonly answer: T })[];
}

/** Asks for a line of text. Resolves with it trimmed. */
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

/** Asks to choose one. */
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
  // A token comes from another window: looking there must not close the question.
  input.ignoreFocusOut = true;
}
