// Reports an error to a person, or to the caller of a command.
import * as vscode from 'vscode';
import { ManagementError } from '../management/errors';
import { describeError } from './errors';

/**
 * An error for the caller of a command: its argument is wrong, or its request was refused. VS Code shows the message to
 * a person; another extension gets it as a rejection.
 */
export class CallerError extends Error {
  readonly isForCaller = true;

  /** Checks a property: every lazily loaded bundle has its own copy of this class. */
  static is(error: unknown): boolean {
    return error instanceof Error && 'isForCaller' in error && error.isForCaller === true;
  }
}

/** An error of a task on a tenant. Its message names that tenant. */
class TenantFailure extends Error {
  override readonly name = 'TenantFailure';
  readonly tenant: string;

  constructor(tenant: string, cause: unknown) {
    super('on a tenant', { cause });
    this.tenant = tenant;
  }
}

/** Runs `task`. If it fails, the error message names `tenant`. */
export async function onTenant<T>(tenant: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    // The innermost task knows best which tenant it was about.
    throw CallerError.is(error) || isTenantFailure(error) ? error : new TenantFailure(tenant, error);
  }
}

/** Runs `task` for a caller that passed an argument. The caller gets any failure as a CallerError. */
export async function forCaller<T>(tenant: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    const cause = isTenantFailure(error) ? error.cause : error;
    throw CallerError.is(error) ? error : new CallerError(describeError(cause, tenant).message, { cause });
  }
}

/** Shows `error`, with buttons for what the user can do about it. Shows nothing if the user cancelled. */
export async function reportError(error: unknown): Promise<void> {
  const [cause, tenant] = isTenantFailure(error) ? [error.cause, error.tenant] : [error, undefined];
  if (ManagementError.is(cause, 'cancelled')) return;
  const { message, actions } = describeError(cause, tenant);
  const answer = await vscode.window.showErrorMessage(message, ...actions.map(({ title }) => title));
  const action = actions.find(({ title }) => title === answer);
  if (action) await vscode.commands.executeCommand(action.command, ...action.arguments);
}

/** Reports the error of a task that nobody awaits, such as one started by an event or a button. */
export function reported(task: Promise<unknown>): void {
  task.catch(reportError);
}

/** Compares names: every lazily loaded bundle has its own copy of this class. */
function isTenantFailure(error: unknown): error is TenantFailure {
  return error instanceof Error && error.name === 'TenantFailure' && 'tenant' in error;
}
