// Shows when requests wait for the rate limit (status bar) or a slow answer (notification), and lets the user cancel them.
import * as vscode from 'vscode';
import { commandId } from './commandTable';
import { durationInWords } from './duration';

/** The wait for an answer is shown after this time. */
const SLOW_MS = 5_000;

/** Groups the requests of one gesture, such as a click. Its *Cancel* aborts all of them, and no others. */
export class RequestScope implements vscode.Disposable {
  readonly #gestures = new Map<AbortSignal, Gesture>();
  readonly #waits = new Waits();

  /** @param outer aborts the requests as well */
  async run<T>(task: (signal: AbortSignal) => Promise<T>, outer?: AbortSignal): Promise<T> {
    const gesture = new Gesture();
    const { signal } = gesture;
    const end = () => gesture.abort();
    this.#gestures.set(signal, gesture);
    outer?.addEventListener('abort', end);
    if (outer?.aborted) end();
    try {
      return await task(signal);
    } finally {
      outer?.removeEventListener('abort', end);
      this.#gestures.delete(signal);
      this.#waits.delete(gesture);
      gesture.end();
    }
  }

  /** Call when a request is going to wait for `delayMs` from now on. */
  waiting(delayMs: number, signal: AbortSignal | undefined): void {
    const gesture = this.#of(signal);
    if (gesture) this.#waits.add(gesture, delayMs);
  }

  /** Cancels every gesture that waits for the rate limit. */
  cancelWaiting(): void {
    for (const gesture of this.#waits.all()) gesture.abort();
  }

  /** Call when a request was sent, and `answered` when its answer came. */
  sent(signal: AbortSignal | undefined): void {
    const gesture = this.#of(signal);
    if (!gesture) return;
    this.#waits.delete(gesture);
    gesture.sent();
  }

  answered(signal: AbortSignal | undefined): void {
    this.#of(signal)?.answered();
  }

  dispose(): void {
    for (const gesture of this.#gestures.values()) gesture.abort();
    this.#waits.dispose();
  }

  #of(signal: AbortSignal | undefined): Gesture | undefined {
    return signal && this.#gestures.get(signal);
  }
}

/** The gestures that wait for the rate limit, in one item of the status bar; a click on it cancels them. */
class Waits {
  /** Until when each waits. */
  readonly #until = new Map<Gesture, number>();
  #item: vscode.StatusBarItem | undefined;
  #countdown: NodeJS.Timeout | undefined;

  all(): readonly Gesture[] {
    return [...this.#until.keys()];
  }

  add(gesture: Gesture, delayMs: number): void {
    this.#until.set(gesture, Date.now() + delayMs);
    this.#countdown ??= setInterval(() => this.#show(), 1_000);
    this.#show();
  }

  delete(gesture: Gesture): void {
    if (this.#until.delete(gesture)) this.#show();
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
    this.#item.text = `$(watch) ${vscode.l10n.t('Auth0: waiting {0}…', durationInWords(Math.max(1, leftMs)))}`;
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

class Gesture {
  readonly #controller = new AbortController();
  #unanswered = 0;
  #slow: NodeJS.Timeout | undefined;
  #hideSlow: (() => void) | undefined;

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  sent(): void {
    if (this.#unanswered++ > 0) return;
    this.#slow = setTimeout(() => {
      this.#hideSlow = this.#show(vscode.l10n.t('Waiting for Auth0’s answer…'));
    }, SLOW_MS);
  }

  answered(): void {
    if (--this.#unanswered > 0) return;
    clearTimeout(this.#slow);
    this.#hideSlow?.();
    this.#hideSlow = undefined;
  }

  abort(): void {
    this.#controller.abort();
    this.end();
  }

  /** Hides everything that it shows. */
  end(): void {
    clearTimeout(this.#slow);
    this.#hideSlow?.();
    this.#hideSlow = undefined;
  }

  /** @returns a function that hides it */
  #show(title: string): () => void {
    let hide: () => void = () => undefined;
    // Created before the callback: VS Code calls that when the notification appears, and the wait may be over by then.
    const hidden = new Promise<void>(resolve => {
      hide = resolve;
    });
    void vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      (_progress, cancellation) => {
        cancellation.onCancellationRequested(() => this.abort());
        return hidden;
      },
    );
    return hide;
  }
}
