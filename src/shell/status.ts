// Shows a message in the status bar for a while.
import * as vscode from 'vscode';

const SHOWN_MS = 8_000;

/** @param text may begin with an icon: `$(check) …` */
export function showStatus(text: string): void {
  vscode.window.setStatusBarMessage(text, SHOWN_MS);
}
