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

/** @param withTenant puts the tenant in front of the message, so that two are not taken for each other */
export function namingTenants(dialogs: Dialogs, withTenant: (tenant: string, message: string) => string): Dialogs {
  return {
    ask(question) {
      const { tenant, message } = question;
      return dialogs.ask(tenant ? { ...question, message: withTenant(tenant, message) } : question);
    },
  };
}

export const modalDialogs: Dialogs = {
  async ask({ message, detail, severity, buttons }) {
    const show = severity === 'warning' ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
    return show(message, { modal: true, detail }, ...buttons);
  },
};
