// `vscode.window`, as far as the shell uses it.
import { Disposable, EventEmitter } from './events';
import { outputChannel } from './outputChannel';
import { person, QuickInput } from './quickInput';
import type { PickItem, PickOptions, TreeProvider } from './shell';
import type { TextDocument } from './textDocument';
import type { Uri } from './uri';
import { shown } from './window';

const nothing = () => undefined;

const say =
  (kind: 'information' | 'warning' | 'error') =>
  async (text: string, ...items: readonly unknown[]) =>
    shown.show(kind, text, items);

export const window = {
  state: { focused: true },
  get activeTextEditor() {
    return shown.activeEditor;
  },
  get visibleTextEditors() {
    return shown.activeEditor ? [shown.activeEditor] : [];
  },
  showTextDocument: async (what: Uri | TextDocument) => {
    const uri = 'uri' in what ? what.uri : what;
    await shown.openTab(uri);
    return shown.activeEditor;
  },
  tabGroups: {
    get all() {
      return [shown.tabGroup];
    },
    get activeTabGroup() {
      return shown.tabGroup;
    },
    onDidChangeTabs: shown.didChangeTabs.event,
  },
  onDidChangeWindowState: shown.didChangeState.event,
  onDidChangeActiveTextEditor: shown.didChangeActiveEditor.event,
  showInformationMessage: say('information'),
  showWarningMessage: say('warning'),
  showErrorMessage: say('error'),
  createInputBox: () => new QuickInput(),
  createQuickPick: () => new QuickInput(),
  showOpenDialog: async () => (person.file === undefined ? undefined : [{ fsPath: person.file }]),
  showInputBox: (options: { readonly validateInput?: (value: string) => unknown }) => shown.answerBox(options),
  showQuickPick: async (items: readonly PickItem[], options: PickOptions) => shown.pick(items, options),
  setStatusBarMessage: (text: string) => {
    shown.show('status', text, []);
    return new Disposable(nothing);
  },
  withProgress: async (_options: object, task: (progress: object, token: object) => unknown) =>
    task({}, { onCancellationRequested: () => new Disposable(nothing) }),
  createOutputChannel: () => outputChannel(),
  createStatusBarItem: () => ({ show: nothing, hide: nothing, dispose: nothing }),
  registerFileDecorationProvider: () => new Disposable(nothing),
  createTreeView: (id: string, { treeDataProvider }: { readonly treeDataProvider: TreeProvider }) => {
    shown.trees.set(id, treeDataProvider);
    return {
      selection: [],
      reveal: async () => undefined,
      onDidCollapseElement: new EventEmitter<unknown>().event,
      onDidExpandElement: new EventEmitter<unknown>().event,
      dispose: nothing,
    };
  },
};
