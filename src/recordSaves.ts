// From the editor's saves to the history: what was made, what may have been, and what the server was seen to hold.
import type * as vscode from 'vscode';
import type { UserFiles } from './editor/userFiles';
import type { Recorder } from './history/recorder';

export function recordSaves(files: Pick<UserFiles, 'onDidSave'>, recorder: Recorder): vscode.Disposable {
  return files.onDidSave(({ user, outcome }) => {
    const whose = { ...user.identity, label: user.label };
    switch (outcome.kind) {
      case 'saved':
        recorder.record({ ...whose, before: outcome.before, body: outcome.plan.body, after: outcome.now });
        break;
      case 'lost':
      case 'unknown':
        recorder.sent({ ...whose, before: outcome.sent.before, body: outcome.sent.plan.body });
        break;
      case 'upToDate':
        recorder.seen(whose, outcome.now);
        break;
      case 'compare':
      case 'showChanges':
        recorder.seen(whose, outcome.remote);
        break;
    }
  });
}
