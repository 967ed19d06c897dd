// The events that report a save that has ended or was refused.
import type * as vscode from 'vscode';
import type { ManagementError } from '../../management/errors';
import type { SessionOutcome } from '../../saving/session';
import type { OpenUser } from '../open/openUser';

export interface SaveEvent {
  readonly user: OpenUser;
  readonly outcome: SessionOutcome;
  /** What the save's requests that write carried, if any. */
  readonly correlationId: string | undefined;
}

export interface SaveFailure {
  readonly user: OpenUser;
  readonly error: ManagementError;
}

export interface CopyRefusal {
  /** The document that would have been overwritten. */
  readonly user: OpenUser;
  readonly text: string;
  /** The document that the text came from. */
  readonly from: vscode.Uri;
}
