// What a window has besides documents: messages, questions, settings, commands, trees.

/** One non-modal message, with the buttons that it had. */
export interface Message {
  readonly kind: 'information' | 'warning' | 'error' | 'status';
  readonly text: string;
  readonly buttons: readonly string[];
}

export interface PickItem {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
}

export interface PickOptions {
  readonly title: string;
  readonly placeHolder: string;
}

export interface TreeProvider {
  getChildren(node?: unknown): Promise<readonly unknown[]>;
  getTreeItem(node: unknown): unknown;
}

export class Shell {
  readonly messages: Message[] = [];
  /** Commands of VS Code that were called, such as `vscode.diff`. */
  readonly executed: { readonly command: string; readonly args: readonly unknown[] }[] = [];
  readonly settings = new Map<string, unknown>();
  readonly commands = new Map<string, (...args: readonly unknown[]) => unknown>();
  /** By the id of the view. */
  readonly trees = new Map<string, TreeProvider>();
  /** Answers a message; undefined closes it. */
  answer: (message: Message) => string | undefined = () => undefined;
  /** Typed into the next input box. */
  typed = '';
  /** What the box says of it. */
  validation: unknown;
  /** The index that is chosen of a list; undefined for Escape. */
  choice: number | undefined;
  readonly picks: (readonly [title: string, placeHolder: string, items: readonly PickItem[]])[] = [];

  show(kind: Message['kind'], text: string, buttons: readonly unknown[]): string | undefined {
    const message = { kind, text, buttons: buttons.filter(button => typeof button === 'string') };
    this.messages.push(message);
    return this.answer(message);
  }

  /** `window.showInputBox`. */
  async answerBox({ validateInput }: { readonly validateInput?: (value: string) => unknown }): Promise<string> {
    this.validation = await validateInput?.(this.typed);
    return this.typed;
  }

  /** `window.showQuickPick`. */
  pick(items: readonly PickItem[], { title, placeHolder }: PickOptions): PickItem | undefined {
    this.picks.push([title, placeHolder, items]);
    return this.choice === undefined ? undefined : items[this.choice];
  }

  /** What was said, asked and called so far. */
  forget(): void {
    this.messages.length = 0;
    this.executed.length = 0;
    this.picks.length = 0;
  }

  clear(): void {
    this.forget();
    this.settings.clear();
    this.commands.clear();
    this.trees.clear();
    this.answer = () => undefined;
    this.typed = '';
    this.validation = undefined;
    this.choice = undefined;
  }
}
