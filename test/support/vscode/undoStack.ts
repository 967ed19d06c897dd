// The texts that undo and redo go through: a reload is a step like any other.

/** As in vscode.TextDocumentChangeReason. */
export const CHANGE_REASON = { Undo: 1, Redo: 2 } as const;
export type ChangeReason = (typeof CHANGE_REASON)[keyof typeof CHANGE_REASON];

/** Each text has a number of its own, which it has again when it comes back. */
export interface Numbered {
  readonly text: string;
  readonly number: number;
}

export class UndoStack {
  readonly #past: Numbered[] = [];
  readonly #future: Numbered[] = [];

  /** A step leads away from `from`. */
  push(from: Numbered): void {
    this.#past.push(from);
    this.#future.length = 0;
  }

  clear(): void {
    this.#past.length = 0;
    this.#future.length = 0;
  }

  /** Where the step leads back to, or forward; undefined where there is none. */
  step(reason: ChangeReason, from: Numbered): Numbered | undefined {
    const [source, target] = reason === CHANGE_REASON.Undo ? [this.#past, this.#future] : [this.#future, this.#past];
    const to = source.pop();
    if (to) target.push(from);
    return to;
  }
}
