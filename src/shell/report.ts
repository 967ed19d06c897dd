// How an error reaches a person or the caller of a command.
import * as vscode from 'vscode';
import { ManagementError } from '../management/errors';
import { describeError } from './errors';

/**
 * What the caller of a command has to hear: its argument does not fit, or what it asked for was refused. VS Code shows the
 * sentence to a person; another extension gets it as a rejection.
 */
export class CallerError extends Error {
  readonly isForCaller = true;

  /** By a property: each bundle that is loaded on its own has its own copy of this class. */
  static is(error: unknown): boolean {
    return error instanceof Error && 'isForCaller' in error && error.isForCaller === true;
  }
}

/** An error while something was done on a tenant: what is said about it names that one. */
class TenantFailure extends Error {
  override readonly name = 'TenantFailure';
  readonly tenant: string;

  constructor(tenant: string, cause: unknown) {
    super('on a tenant', { cause });
    this.tenant = tenant;
  }
}

/** Runs `task`; its error is reported as one of `tenant`. */
export async function onTenant<T>(tenant: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw CallerError.is(error) ? error : new TenantFailure(tenant, error);
  }
}

/** Runs `task` for a caller with an argument of its own, who is to hear its failure as a sentence. */
export async function forCaller<T>(tenant: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw CallerError.is(error) ? error : new CallerError(describeError(error, tenant).message, { cause: error });
  }
}

/** Shows `error`, with the one thing that can be done about it, unless the user cancelled. */
export async function reportError(error: unknown): Promise<void> {
  const [cause, tenant] = isTenantFailure(error) ? [error.cause, error.tenant] : [error, undefined];
  if (ManagementError.is(cause, 'cancelled')) return;
  const { message, action } = describeError(cause, tenant);
  const answer = await vscode.window.showErrorMessage(message, ...(action ? [action.title] : []));
  if (action && answer === action.title) await vscode.commands.executeCommand(action.command, ...action.arguments);
}

/** For what nobody waits for: an event, a button. */
export function reported(task: Promise<unknown>): void {
  task.catch(reportError);
}

/** By its name: each bundle that is loaded on its own has its own copy of this class. */
function isTenantFailure(error: unknown): error is TenantFailure {
  return error instanceof Error && error.name === 'TenantFailure' && 'tenant' in error;
}
