// The messages that were shown, and who answers them.

/** One non-modal message, with the buttons that it had. */
export interface Message {
  readonly kind: 'information' | 'warning' | 'error' | 'status';
  readonly text: string;
  readonly buttons: readonly string[];
}

export class Messages {
  readonly all: Message[] = [];
  answer: (message: Message) => string | undefined = () => undefined;

  show(kind: Message['kind'], text: string, buttons: readonly unknown[]): string | undefined {
    const message = { kind, text, buttons: buttons.filter(button => typeof button === 'string') };
    this.all.push(message);
    return this.answer(message);
  }
}
