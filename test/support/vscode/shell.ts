// What a window has besides documents: messages, settings, commands.

/** One non-modal message, with the buttons that it had. */
export interface Message {
  readonly kind: 'information' | 'warning' | 'error' | 'status';
  readonly text: string;
  readonly buttons: readonly string[];
}

export class Shell {
  readonly messages: Message[] = [];
  /** Commands of VS Code that were called, such as `vscode.diff`. */
  readonly executed: { readonly command: string; readonly args: readonly unknown[] }[] = [];
  readonly settings = new Map<string, unknown>();
  readonly commands = new Map<string, (...args: readonly unknown[]) => unknown>();
  /** Answers a message; undefined closes it. */
  answer: (message: Message) => string | undefined = () => undefined;

  show(kind: Message['kind'], text: string, buttons: readonly unknown[]): string | undefined {
    const message = { kind, text, buttons: buttons.filter(button => typeof button === 'string') };
    this.messages.push(message);
    return this.answer(message);
  }

  clear(): void {
    this.messages.length = 0;
    this.executed.length = 0;
    this.settings.clear();
    this.commands.clear();
    this.answer = () => undefined;
  }
}
