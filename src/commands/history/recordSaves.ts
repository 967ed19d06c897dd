// Reports saves to the history: those that were made, those that may have been, and what the server was seen to hold.
import * as vscode from 'vscode';
import type { Documents } from '../../documents/documents';
import type { Recorder } from '../../history/recorder';
import { metadataOf } from '../../metadata/document';

export function recordSaves(
  { users, files }: Pick<Documents, 'users' | 'files'>,
  recorder: Recorder,
): vscode.Disposable {
  return vscode.Disposable.from(
    users.onDidSee(({ identity, profile }) => recorder.seen(identity, metadataOf(profile.value))),
    files.onDidSave(({ user, outcome, correlationId }) => {
      const whose = { ...user.identity, label: user.label, correlationId };
      switch (outcome.kind) {
        case 'saved':
          recorder.record({ ...whose, before: outcome.before, body: outcome.plan.body, after: outcome.now });
          break;
        case 'lost':
        case 'unknown':
          recorder.sent({ ...whose, before: outcome.sent.before, body: outcome.sent.plan.body });
          break;
      }
    }),
  );
}
