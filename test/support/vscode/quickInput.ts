// `createInputBox` and `createQuickPick`, and the person who answers them.

type Listener = (event?: unknown) => unknown;

/** What is done at a question: Enter after typing, a choice by its label, the arrow back, Escape, nothing. */
export type Deed = { readonly type: string } | { readonly pick: string } | 'back' | 'escape' | 'wait';

/** What the questions showed, in their order; what is to be done at each. Tests reset both. */
export const person = {
  deeds: [] as Deed[],
  saw: [] as string[],
};

export const BACK = { name: 'back' };

export class QuickInput {
  title = '';
  step = 0;
  totalSteps = 0;
  value = '';
  placeholder = '';
  prompt = '';
  validationMessage: string | undefined;
  busy = false;
  items: readonly { readonly label: string }[] = [];
  activeItems: readonly { readonly label: string }[] = [];
  selectedItems: readonly { readonly label: string }[] = [];
  readonly #listeners = new Map<string, Listener>();

  readonly onDidChangeValue = (listener: Listener) => this.#on('change', listener);
  readonly onDidTriggerButton = (listener: Listener) => this.#on('button', listener);
  readonly onDidHide = (listener: Listener) => this.#on('hide', listener);
  readonly onDidAccept = (listener: Listener) => this.#on('accept', listener);

  show(): void {
    const holds = this.items.length > 0 ? this.items.map(({ label }) => label).join(' | ') : this.value;
    person.saw.push(`${this.title} ${this.step}/${this.totalSteps} ${this.placeholder}: ${holds}`);
    void this.#act();
  }

  dispose(): void {
    this.#listeners.clear();
  }

  async #act(): Promise<void> {
    const deed = person.deeds.shift() ?? 'escape';
    if (deed === 'wait') return;
    if (deed === 'back') this.#listeners.get('button')?.(BACK);
    else if (deed === 'escape') this.#listeners.get('hide')?.();
    else if ('pick' in deed) {
      this.selectedItems = this.items.filter(({ label }) => label.includes(deed.pick));
      this.#listeners.get('accept')?.();
    } else {
      this.value = deed.type;
      this.#listeners.get('change')?.();
      await this.#listeners.get('accept')?.();
      if (this.validationMessage === undefined) return;
      person.saw.push(`! ${this.validationMessage}`);
      await this.#act();
    }
  }

  #on(name: string, listener: Listener) {
    this.#listeners.set(name, listener);
    return { dispose: () => undefined };
  }
}
