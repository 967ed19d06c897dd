// Modal questions, behind an interface: VS Code refuses to show dialogs inside extension tests.
import * as vscode from 'vscode';

export interface Question {
  readonly message: string;
  readonly detail: string;
  readonly severity: 'information' | 'warning';
  /** The first is the default button. *Cancel* is always there as well. */
  readonly buttons: readonly string[];
}

export interface Dialogs {
  /** The button that was pressed; undefined for Cancel and Escape. */
  ask(question: Question): Promise<string | undefined>;
}

export const modalDialogs: Dialogs = {
  async ask({ message, detail, severity, buttons }) {
    const show = severity === 'warning' ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
    return show(message, { modal: true, detail }, ...buttons);
  },
};
