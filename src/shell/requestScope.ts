// Shows when requests wait for the rate limit (status bar) or a slow answer (notification), and lets the user cancel them.
import * as vscode from 'vscode';
import type { TenantDomain } from '../management/tenant';
import type { Waits } from './waits';

/** The wait for an answer is shown after this time. */
const SLOW_MS = 5_000;

/** Groups the requests of one gesture, such as a click. Its *Cancel* aborts all of them, and no others. */
export class RequestScope implements vscode.Disposable {
  readonly #gestures = new Map<AbortSignal, Gesture>();
  #waits: Waits | undefined;

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
      this.#waits?.delete(gesture);
      gesture.end();
    }
  }

  /** Where the waits are shown: no request waits before the network is loaded, and this with it. */
  showIn(waits: Waits): void {
    this.#waits = waits;
  }

  /** Call when a request is going to wait for `delayMs` from now on. */
  waiting(delayMs: number, signal: AbortSignal | undefined, tenant?: TenantDomain): void {
    const gesture = this.#of(signal);
    if (gesture) this.#waits?.add(gesture, delayMs, tenant);
  }

  /** Call when a request has to wait for the answers to others: for the user, that is a slow answer. */
  blocked(signal: AbortSignal | undefined): void {
    this.#of(signal)?.awaitAnswer();
  }

  /** Cancels every gesture that waits for the rate limit. */
  cancelWaiting(): void {
    this.#waits?.abortAll();
  }

  /** Call when a request was sent, and `answered` when its answer came. */
  sent(signal: AbortSignal | undefined): void {
    const gesture = this.#of(signal);
    if (!gesture) return;
    this.#waits?.delete(gesture);
    gesture.sent();
  }

  answered(signal: AbortSignal | undefined): void {
    this.#of(signal)?.answered();
  }

  dispose(): void {
    for (const gesture of this.#gestures.values()) gesture.abort();
    this.#waits?.dispose();
  }

  #of(signal: AbortSignal | undefined): Gesture | undefined {
    return signal && this.#gestures.get(signal);
  }
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
    this.#unanswered++;
    this.awaitAnswer();
  }

  awaitAnswer(): void {
    this.#slow ??= setTimeout(() => {
      this.#hideSlow = this.#show(vscode.l10n.t('Waiting for Auth0’s answer…'));
    }, SLOW_MS);
  }

  answered(): void {
    if (--this.#unanswered === 0) this.end();
  }

  abort(): void {
    this.#controller.abort();
    this.end();
  }

  /** Hides everything that it shows. */
  end(): void {
    clearTimeout(this.#slow);
    this.#slow = undefined;
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
