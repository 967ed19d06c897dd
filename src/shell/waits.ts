// Shows the gestures that wait for the rate limit, in one item of the status bar; a click on it cancels them.
import * as vscode from 'vscode';
import { commandId } from './commandTable';
import { durationInWords } from './duration';

interface Waiting {
  abort(): void;
}

export class Waits implements vscode.Disposable {
  /** Until when each waits. */
  readonly #until = new Map<Waiting, number>();
  #item: vscode.StatusBarItem | undefined;
  #countdown: NodeJS.Timeout | undefined;

  abortAll(): void {
    for (const waiting of [...this.#until.keys()]) waiting.abort();
  }

  add(waiting: Waiting, delayMs: number): void {
    this.#until.set(waiting, Date.now() + delayMs);
    this.#countdown ??= setInterval(() => this.#show(), 1_000);
    this.#show();
  }

  delete(waiting: Waiting): void {
    if (this.#until.delete(waiting)) this.#show();
  }

  dispose(): void {
    this.#until.clear();
    this.#show();
    this.#item?.dispose();
  }

  #show(): void {
    const count = this.#until.size;
    if (count === 0) {
      clearInterval(this.#countdown);
      this.#countdown = undefined;
      this.#item?.hide();
      return;
    }
    this.#item ??= newItem();
    const leftMs = Math.max(...this.#until.values()) - Date.now();
    this.#item.text = `$(watch) ${vscode.l10n.t('Auth0: waiting {0}… $(close) Cancel', durationInWords(Math.max(1, leftMs)))}`;
    this.#item.tooltip =
      count === 1
        ? vscode.l10n.t('Auth0’s rate limit is reached. Click to cancel.')
        : vscode.l10n.t('Auth0’s rate limit is reached. Click to cancel all {0} requests that wait.', count);
    this.#item.show();
  }
}

function newItem(): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem('auth0Metadata.waiting', vscode.StatusBarAlignment.Left);
  item.name = vscode.l10n.t('Wait for Auth0’s rate limit');
  item.command = commandId('cancelWaiting');
  return item;
}
