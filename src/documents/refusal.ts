// The errors thrown to VS Code if a file cannot be read or saved. Short, because it puts "Failed to save …" in front.
import * as vscode from 'vscode';
import { formatPath } from '../json/path';
import { ManagementError } from '../management/errors';
import type { SessionOutcome } from '../saving/session';
import { describeError, isMissingUser } from '../shell/errors';
import { inSentence } from '../text/visibleText';
import { problemWords } from './problemWords';

/** An error that keeps the editor dirty. Its name is empty, because VS Code would show it in front of `message`. */
export function refusal(message: string): Error {
  const error = vscode.FileSystemError.Unavailable(message);
  error.name = '';
  return error;
}

/** @param missing the file's URI, if a user that does not exist is to be reported as a file that does not exist */
export function refusalOf(error: unknown, tenant: string, missing?: vscode.Uri): Error {
  if (error instanceof vscode.FileSystemError) return error;
  const { message } = describeError(error, tenant);
  if (!missing && ManagementError.is(error, 'cancelled')) return refusal(cancelled());
  if (!isMissingUser(error)) return refusal(message);
  return missing
    ? vscode.FileSystemError.FileNotFound(missing)
    : refusal(
        vscode.l10n.t(
          '{0} It may have been deleted. Your text is kept: Save a Copy to Disk… keeps it for good.',
          message,
        ),
      );
}

export function refusalOfCancel(): Error {
  return refusal(cancelled());
}

/** For a save that waited for a sign-in, and for nothing: nobody signed in. */
export function refusalOfSignIn(error: ManagementError, tenant: string): Error {
  return refusal(signedOut(error, tenant));
}

/** @param user label of the user that *Save As* would have overwritten */
export function refusalOfCopy(user: string): Error {
  const name = inSentence(user, 60);
  return refusal(
    vscode.l10n.t(
      'Nothing was sent: {0} is a user on the server. To keep the text as a file, use Save a Copy to Disk….',
      name,
    ),
  );
}

/** For *Save As* onto a draft, which would have created a user. */
export function refusalOfDraftCopy(): Error {
  return refusal(
    vscode.l10n.t(
      'Nothing was sent: only Save creates the user. To keep the text as a file, use Save a Copy to Disk….',
    ),
  );
}

/** Undefined if the save succeeded. Only a thrown error keeps the editor dirty. */
export function refusalOfOutcome(outcome: SessionOutcome, tenant: string): Error | undefined {
  const message = messageOf(outcome, tenant);
  return message === undefined ? undefined : refusal(message);
}

function cancelled(): string {
  return vscode.l10n.t('Cancelled. Nothing was sent, your text is kept.');
}

function signedOut(error: ManagementError, tenant: string): string {
  return vscode.l10n.t('{0} Nothing was saved, your text is kept.', describeError(error, tenant).message);
}

function messageOf(outcome: SessionOutcome, tenant: string): string | undefined {
  switch (outcome.kind) {
    case 'saved':
    case 'unchanged':
    case 'upToDate':
      return undefined;
    case 'cancelled':
      return cancelled();
    case 'signedOut':
      return signedOut(outcome.error, tenant);
    case 'showChanges':
      return vscode.l10n.t('Nothing was sent yet. Look at the changes, then save again.');
    case 'compare':
      return vscode.l10n.t('Nothing was sent yet. Compare with the server, then save again.');
    case 'invalid': {
      const [problem] = outcome.problems;
      return problem && vscode.l10n.t('Nothing was sent. {0}', problemWords(problem));
    }
    case 'refused': {
      const [problem] = outcome.problems;
      if (!problem) return undefined;
      const subject = formatPath(problem.path);
      return vscode.l10n.t('Nothing was sent. {0}', problemWords({ code: problem.code, subject }));
    }
    case 'lost':
      return outcome.state === 'notSaved'
        ? vscode.l10n.t('{0} gave no usable answer, and the change is not there: it was not saved. Save again.', tenant)
        : vscode.l10n.t(
            '{0} gave no usable answer, and somebody else has changed the user since. Save again to compare.',
            tenant,
          );
    case 'unknown':
      return vscode.l10n.t(
        '{0} gave no usable answer: whether the change was saved is not known. Save again to find out.',
        tenant,
      );
  }
}
