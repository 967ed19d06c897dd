// Errors of commands, as messages with the one thing that can be done about them.
import * as vscode from 'vscode';
import { ManagementError } from '../management/errors';
import { describeError } from './errors';

/** Shows `error`, unless the user cancelled. */
export async function reportError(error: unknown, tenant?: string): Promise<void> {
  if (ManagementError.is(error, 'cancelled')) return;
  const { message, action } = describeError(error, tenant);
  const answer = await vscode.window.showErrorMessage(message, ...(action ? [action.title] : []));
  if (action && answer === action.title) await vscode.commands.executeCommand(action.command, ...action.arguments);
}
