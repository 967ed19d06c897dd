// All commands: their names, and who may use each of them.
/**
 * - `palette`: shown in the Command Palette. The others are only in menus and rows.
 * - `automation`: other extensions, keybindings and tests may call it with an argument instead of answering its
 *   questions. README documents the arguments. Changing one breaks those callers.
 * - `assistant`: a language model may call it. Such a command only reads and shows: it changes no data and no text.
 */
interface Audience {
  readonly palette: boolean;
  readonly automation: boolean;
  readonly assistant: boolean;
}

const person: Audience = { palette: true, automation: false, assistant: false };
const menu: Audience = { palette: false, automation: false, assistant: false };

/** Every command that package.json contributes. */
export const COMMANDS = {
  addTenant: { ...person, automation: true },
  cancelWaiting: menu,
  choosePerPath: person,
  clearSaveHistory: person,
  clearSearch: person,
  copyAsCurl: person,
  copyEmail: menu,
  copyScopes: person,
  copyUserId: menu,
  createUser: { ...person, automation: true },
  editTenant: person,
  exportTenants: person,
  importTenants: person,
  loadMore: person,
  lockTenant: person,
  openDashboard: person,
  openSelected: menu,
  openUser: { ...person, automation: true, assistant: true },
  previewPatch: { ...menu, automation: true, assistant: true },
  refresh: { ...person, automation: true, assistant: true },
  reloadFromServer: person,
  removeTenant: person,
  retry: menu,
  saveCopy: person,
  searchUsers: { ...person, automation: true, assistant: true },
  showChanges: person,
  showLog: person,
  showPatch: person,
  showProfile: { ...person, assistant: true },
  showSaveHistory: { ...person, assistant: true },
  tenantMenu: person,
  trySampleTenant: person,
  undoLastSave: person,
  undoSave: person,
  unlockTenant: person,
  updateCredentials: person,
  useMine: person,
  useTheirs: person,
} as const satisfies Readonly<Record<string, Audience>>;

export type Command = keyof typeof COMMANDS;

/** The functions of some commands, by name. */
export type Commands<Name extends Command = Command> = Readonly<Record<Name, (arg?: unknown) => Promise<unknown>>>;

export function commandNames(): readonly Command[] {
  return Object.keys(COMMANDS).filter(isCommand);
}

/** The ID under which VS Code knows the command. */
export function commandId(name: Command): string {
  return `auth0Metadata.${name}`;
}

function isCommand(name: string): name is Command {
  return Object.hasOwn(COMMANDS, name);
}
