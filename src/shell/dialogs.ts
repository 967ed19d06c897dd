// Modal questions, behind an interface: VS Code refuses to show dialogs inside extension tests.
import * as vscode from 'vscode';

export interface Question {
  /** The tenant that it is about. It is named before everything else, with what it is for. */
  readonly tenant?: string;
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

/** @param inWords names a tenant in front of `message`, so that two are not taken for each other */
export function namingTenants(
  dialogs: Dialogs,
  inWords: (tenant: string, message: string) => string | undefined,
): Dialogs {
  return {
    ask(question) {
      const tenant = question.tenant && inWords(question.tenant, question.message);
      return dialogs.ask(tenant ? { ...question, message: `${tenant} — ${question.message}` } : question);
    },
  };
}

export const modalDialogs: Dialogs = {
  async ask({ message, detail, severity, buttons }) {
    const show = severity === 'warning' ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
    return show(message, { modal: true, detail }, ...buttons);
  },
};
