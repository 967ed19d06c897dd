// Shows a message in the status bar for a while.
import * as vscode from 'vscode';

const SHOWN_MS = 8_000;

let shown: vscode.Disposable | undefined;

/** @param text may begin with an icon: `$(check) …` */
export function showStatus(text: string): void {
  hideStatus();
  shown = vscode.window.setStatusBarMessage(text, SHOWN_MS);
}

/** Takes the message away at once, such as that of a success beside a later failure. */
export function hideStatus(): void {
  shown?.dispose();
  shown = undefined;
}
