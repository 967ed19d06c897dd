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

/** What is wrong with an answer. `offers`: what was probably meant, which is put into the box in its place. */
export type Complaint = string | { readonly says: string; readonly offers: string };

export function saidOf(complaint: Complaint): string {
  return typeof complaint === 'string' ? complaint : complaint.says;
}

/** What was meant stands in the box: then it is a note, and no error any more. */
function inBox(complaint: Complaint): string | vscode.InputBoxValidationMessage {
  if (typeof complaint === 'string') return complaint;
  const message = vscode.l10n.t('{0} Press Enter to take what is in the box now.', complaint.says);
  return { message, severity: vscode.InputBoxValidationSeverity.Info };
}

export interface InputStep extends StepPosition {
  readonly value: string;
  readonly placeholder: string;
  readonly prompt: string;
  readonly password?: boolean;
  /** A button that copies what is needed to get the answer. */
  readonly copy?: { readonly tooltip: string; run(): Promise<void> } | undefined;
  /** A page that helps with the answer. */
  readonly help?: { readonly tooltip: string; readonly url: string };
  /** A button that answers with the text of a file. It is the answer at once. `read` throws an Error for people. */
  readonly file?: { readonly tooltip: string; read(): Promise<string | undefined> };
  /** On Enter, before `accept`: what is wrong with the value; undefined if nothing is. */
  check(value: string): Complaint | undefined;
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
  const file = step.file && { iconPath: new vscode.ThemeIcon('folder-opened'), tooltip: step.file.tooltip };
  const copy = step.copy && { iconPath: new vscode.ThemeIcon('copy'), tooltip: step.copy.tooltip };
  prepare(
    box,
    step,
    [file, copy, help].filter(button => button !== undefined),
  );
  box.value = step.value;
  box.placeholder = step.placeholder;
  box.prompt = step.prompt;
  box.password = step.password ?? false;
  try {
    return await new Promise(resolve => {
      /** What this code has put into the box. Its own change is no reason to take a message away. */
      let put: string | undefined;
      let isChoosing = false;
      const putIn = (text: string) => {
        put = text;
        box.value = text;
      };
      const answer = async () => {
        if (box.busy) return;
        const value = box.value.trim();
        const complaint = step.check(value) ?? (await accept(box, step, value, controller.signal));
        if (typeof complaint === 'object') putIn(complaint.offers);
        box.validationMessage = complaint && inBox(complaint);
        if (complaint === undefined) resolve({ answer: value });
      };
      const choose = async () => {
        // A file dialog of VS Code's own takes the place of this box, and hides it.
        isChoosing = true;
        const showAgain = () => {
          isChoosing = false;
          box.show();
        };
        try {
          const text = await step.file?.read().finally(showAgain);
          if (text === undefined) return;
          putIn(text);
          await answer();
        } catch (error) {
          box.validationMessage = messageOf(error);
        }
      };
      box.onDidChangeValue(() => {
        if (box.value !== put) box.validationMessage = undefined;
      });
      box.onDidTriggerButton(async button => {
        if (button === vscode.QuickInputButtons.Back) resolve('back');
        else if (button === file) await choose();
        else if (button === copy) await step.copy?.run();
        else if (step.help) void vscode.env.openExternal(vscode.Uri.parse(step.help.url));
      });
      box.onDidHide(() => {
        if (!isChoosing) resolve('cancelled');
      });
      step.signal?.addEventListener('abort', () => resolve('cancelled'));
      box.onDidAccept(answer);
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
    return messageOf(error);
  } finally {
    box.enabled = true;
    box.busy = false;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
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
