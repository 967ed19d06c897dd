// The commands: their names, and who each of them is for.
/**
 * - `palette`: a person finds it in the Command Palette; the others stand in menus and rows alone.
 * - `automation`: other extensions, keybindings and tests may call it with an argument in place of its questions. README says
 *   which; changing it breaks them.
 * - `assistant`: a language model may be given it. Such a command only looks and shows: it sends no change, and touches no text.
 */
interface Audience {
  readonly palette: boolean;
  readonly automation: boolean;
  readonly assistant: boolean;
}

const person: Audience = { palette: true, automation: false, assistant: false };
const menu: Audience = { palette: false, automation: false, assistant: false };

/** All that package.json contributes. */
export const COMMANDS = {
  addTenant: { ...person, automation: true },
  choosePerPath: person,
  clearSaveHistory: person,
  clearSearch: person,
  copyAsCurl: person,
  copyEmail: menu,
  copyUserId: menu,
  createUser: { ...person, automation: true },
  loadMore: person,
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
  trySampleTenant: person,
  undoLastSave: person,
  undoSave: person,
  updateCredentials: person,
  useMine: person,
  useTheirs: person,
} as const satisfies Readonly<Record<string, Audience>>;

export type Command = keyof typeof COMMANDS;

/** What some of the commands do. */
export type Commands<Name extends Command = Command> = Readonly<Record<Name, (arg?: unknown) => Promise<unknown>>>;

export function commandNames(): readonly Command[] {
  return Object.keys(COMMANDS).filter(isCommand);
}

/** As VS Code knows it. */
export function commandId(name: Command): string {
  return `auth0Metadata.${name}`;
}

function isCommand(name: string): name is Command {
  return Object.hasOwn(COMMANDS, name);
}
