// The commands: their names here, what they do in the tables of this folder.

/** All that package.json contributes and that is loaded when it is first used. */
export const COMMANDS = [
  'addTenant',
  'choosePerPath',
  'clearSaveHistory',
  'clearSearch',
  'copyAsCurl',
  'copyEmail',
  'copyUserId',
  'createUser',
  'loadMore',
  'openSelected',
  'openUser',
  'previewPatch',
  'refresh',
  'reloadFromServer',
  'removeTenant',
  'retry',
  'saveCopy',
  'searchUsers',
  'showChanges',
  'showPatch',
  'showProfile',
  'showSaveHistory',
  'trySampleTenant',
  'undoLastSave',
  'undoSave',
  'updateCredentials',
  'useMine',
  'useTheirs',
] as const;

export type Command = (typeof COMMANDS)[number];

/** What some of the commands do, by name without `auth0Metadata.`. */
export type Commands<Name extends Command = Command> = Readonly<Record<Name, (arg?: unknown) => Promise<unknown>>>;
