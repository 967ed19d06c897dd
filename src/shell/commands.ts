// Registers and runs commands. Every command reports its errors in the same way.
import * as vscode from 'vscode';
import { type Command, commandId } from './commandTable';
import { CallerError, reportError } from './report';

/**
 * Registers `name`. The caller gets the result or the CallerError of `run`. Other errors are shown and give undefined.
 */
export function registerCommand(name: Command, run: (arg?: unknown) => Promise<unknown>): vscode.Disposable {
  return vscode.commands.registerCommand(commandId(name), async (arg?: unknown) => {
    try {
      return await run(arg);
    } catch (error) {
      if (CallerError.is(error)) throw error;
      // Not awaited: a caller must not hang until somebody dismisses the message.
      void reportError(error);
      return undefined;
    }
  });
}

/** Runs one of our commands. */
export async function runCommand(name: Command, ...args: readonly unknown[]): Promise<void> {
  await vscode.commands.executeCommand(commandId(name), ...args);
}
