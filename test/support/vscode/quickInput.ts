// `createInputBox` and `createQuickPick`, and the person who answers them.

type Listener = (event?: unknown) => unknown;

/** What is done at a question: Enter, after typing, a choice by its label, the button for a file, the arrow back, Escape. */
export type Deed =
  | { readonly type: string }
  | { readonly pick: string }
  /** The path that is chosen in the dialog; undefined closes it. */
  | { readonly file: string | undefined }
  | 'enter'
  | 'back'
  | 'escape'
  /** Nothing: the question stays. */
  | 'wait';

/** What the questions showed, in their order; what is to be done at each. Tests reset both. */
export const person = {
  deeds: [] as Deed[],
  file: undefined as string | undefined,
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
  validationMessage: string | { readonly message: string } | undefined;
  busy = false;
  items: readonly { readonly label: string }[] = [];
  activeItems: readonly { readonly label: string }[] = [];
  selectedItems: readonly { readonly label: string }[] = [];
  buttons: readonly { readonly iconPath?: { readonly id: string } }[] = [];
  readonly #listeners = new Map<string, Listener>();

  #isShown: boolean = false;

  readonly onDidChangeValue = (listener: Listener) => this.#on('change', listener);
  readonly onDidTriggerButton = (listener: Listener) => this.#on('button', listener);
  readonly onDidHide = (listener: Listener) => this.#on('hide', listener);
  readonly onDidAccept = (listener: Listener) => this.#on('accept', listener);

  show(): void {
    if (this.#isShown) return;
    this.#isShown = true;
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
    else if (deed !== 'enter' && 'pick' in deed) {
      this.selectedItems = this.items.filter(({ label }) => label.includes(deed.pick));
      this.#listeners.get('accept')?.();
    } else if (deed !== 'enter' && 'file' in deed) {
      person.file = deed.file;
      await this.#listeners.get('button')?.(this.buttons.find(({ iconPath }) => iconPath?.id === 'folder-opened'));
      await this.#answered(deed.file === undefined);
    } else {
      if (deed !== 'enter') {
        this.value = deed.type;
        this.#listeners.get('change')?.();
      }
      await this.#listeners.get('accept')?.();
      await this.#answered(false);
    }
  }

  async #answered(isOpen: boolean): Promise<void> {
    const said = this.validationMessage;
    if (said !== undefined) person.saw.push(`! ${typeof said === 'string' ? said : said.message}`);
    else if (!isOpen) return;
    await this.#act();
  }

  #on(name: string, listener: Listener) {
    this.#listeners.set(name, listener);
    return { dispose: () => undefined };
  }
}
