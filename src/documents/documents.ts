// Builds and connects all parts that handle documents, in the same way for the extension, tests and benchmarks.
import * as vscode from 'vscode';
import { NewUserFiles } from './files/newUserFiles';
import { Profiles } from './files/profiles';
import { UserFiles } from './files/userFiles';
import { ManualSaves } from './open/manualSaves';
import { OpenUsers } from './open/openUsers';
import { Strangers } from './open/strangers';
import { Updates } from './open/updates';
import { UserDocuments } from './open/userDocuments';
import { Comparisons } from './remote/comparisons';
import { RemoteWatch } from './remote/remoteWatch';
import { Snapshots } from './remote/snapshots';
import type { SaveParts } from './saves/saveParts';
import { reportSaves } from './saves/saveReport';
import { EDITED_SCHEMES, USER_SCHEME } from './uris';

export interface DocumentOptions extends SaveParts {
  /** Whether documents are compared with the server when the window is focused again. */
  readonly checkOnFocus: () => boolean;
  /** See the constructor of OpenUsers. */
  readonly undoingMs?: number;
}

export interface Documents extends vscode.Disposable {
  readonly users: OpenUsers;
  readonly updates: Updates;
  readonly files: UserFiles;
  readonly drafts: NewUserFiles;
  readonly snapshots: Snapshots;
  readonly comparisons: Comparisons;
  readonly profiles: Profiles;
  readonly watch: RemoteWatch;
  readonly opening: UserDocuments;
}

export function startDocuments(options: DocumentOptions): Documents {
  const { checkOnFocus, undoingMs, ...parts } = options;
  const { clients, requests } = parts;
  // Created first, so that it gets the events of a save before the parts that ask it about the save.
  const saves = new ManualSaves(EDITED_SCHEMES);
  // Created before OpenUsers, so that it hears of a change first: a reload to the text of the document in front is noted as
  // a copy, and forgotten when OpenUsers then finds the document clean.
  const strangers = new Strangers(USER_SCHEME);
  const users = new OpenUsers(clients, undoingMs);
  const updates = new Updates(users, saves, requests);
  const files = new UserFiles({ ...parts, users, updates, strangers, saves });
  const drafts = new NewUserFiles({ ...parts, saves });
  const snapshots = new Snapshots();
  const comparisons = new Comparisons(snapshots);
  const profiles = new Profiles(clients, requests);
  const watch = new RemoteWatch(users, updates, comparisons, checkOnFocus);
  const reports = reportSaves({ users, updates, files, comparisons });
  const opening = new UserDocuments(users, updates, requests);
  const lifetime = vscode.Disposable.from(
    saves,
    strangers,
    users,
    updates,
    files,
    drafts,
    snapshots,
    profiles,
    watch,
    reports,
  );
  return {
    users,
    updates,
    files,
    drafts,
    snapshots,
    comparisons,
    profiles,
    watch,
    opening,
    dispose: () => lifetime.dispose(),
  };
}
