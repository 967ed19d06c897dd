// Waiting for a rate limit, where a person sees it and can end it.
import * as vscode from 'vscode';
import { durationInWords } from './duration';

/** Runs requests that belong to one gesture; a wait is shown once it begins, and its *Cancel* aborts the request. */
export class RequestScope implements vscode.Disposable {
  readonly #running = new Set<AbortController>();
  #endOfWait: (() => void) | undefined;

  async run<T>(task: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#running.add(controller);
    try {
      return await task(controller.signal);
    } finally {
      this.#running.delete(controller);
      if (!this.#running.size) this.#endOfWait?.();
    }
  }

  /** A request is going to wait for `delayMs` before it is tried again. */
  waiting(delayMs: number): void {
    if (!this.#running.size || this.#endOfWait) return;
    const title = vscode.l10n.t('Waiting {0} for Auth0’s rate limit…', durationInWords(delayMs));
    void vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      (_progress, cancellation) =>
        new Promise<void>(resolve => {
          const timer = setTimeout(() => this.#endOfWait?.(), delayMs);
          this.#endOfWait = () => {
            clearTimeout(timer);
            this.#endOfWait = undefined;
            resolve();
          };
          cancellation.onCancellationRequested(() => this.#abort());
        }),
    );
  }

  dispose(): void {
    this.#abort();
  }

  #abort(): void {
    for (const controller of this.#running) controller.abort();
    this.#endOfWait?.();
  }
}
