// All commands: their names, and who may use each of them.
/**
 * - `palette`: shown in the Command Palette. The others are only in menus and rows.
 * - `automation`: other extensions, keybindings and tests may call it with an argument instead of answering its
 *   questions. README documents the arguments. Changing one breaks those callers.
 */
interface Audience {
  readonly palette: boolean;
  readonly automation: boolean;
}

const person: Audience = { palette: true, automation: false };
const menu: Audience = { palette: false, automation: false };

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
  openUser: { ...person, automation: true },
  previewPatch: { ...menu, automation: true },
  refresh: { ...person, automation: true },
  reloadFromServer: person,
  removeTenant: person,
  retry: menu,
  saveCopy: person,
  searchUsers: { ...person, automation: true },
  showChanges: person,
  showLog: person,
  showPatch: person,
  showProfile: person,
  showSaveHistory: person,
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
