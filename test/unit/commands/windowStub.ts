// The questions and messages of VS Code's window, outside VS Code. Import it before anything that imports `vscode`.
import Module from 'node:module';

interface Item {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
}

interface InputOptions {
  readonly validateInput?: (value: string) => unknown;
}

/** What is answered, and what was shown. Tests reset it. */
export const shown = {
  /** Typed into the next input box. */
  typed: '',
  /** What the box says of it. */
  validation: undefined as unknown,
  /** The index that is chosen; undefined for Escape. */
  choice: undefined as number | undefined,
  picks: [] as (readonly [title: string, placeHolder: string, items: readonly Item[]])[],
  messages: [] as string[],
};

const note = async (message: string): Promise<undefined> => {
  shown.messages.push(message);
  return undefined;
};

const vscode = {
  l10n: {
    t: (message: string, ...args: readonly unknown[]) =>
      message.replaceAll(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)])),
  },
  ProgressLocation: { Window: 10 },
  InputBoxValidationSeverity: { Info: 1, Warning: 2, Error: 3 },
  env: { language: 'en' },
  window: {
    showInputBox: async (options: InputOptions) => {
      shown.validation = await options.validateInput?.(shown.typed);
      return shown.typed;
    },
    showQuickPick: async (
      items: readonly Item[],
      options: { readonly title: string; readonly placeHolder: string },
    ) => {
      shown.picks.push([options.title, options.placeHolder, items]);
      return shown.choice === undefined ? undefined : items[shown.choice];
    },
    showInformationMessage: note,
    showErrorMessage: note,
    withProgress: (_options: unknown, task: () => unknown) => task(),
  },
};

type Load = (request: string, ...rest: unknown[]) => unknown;
const loader: { _load: Load } = Object.assign(Module);
const load = loader._load;
Object.assign(Module, {
  _load: (request: string, ...rest: unknown[]) => (request === 'vscode' ? vscode : load(request, ...rest)),
});
