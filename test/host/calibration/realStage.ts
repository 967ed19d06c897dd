// VS Code itself as a stage.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../support';
import { NAMES, type Name } from './history';
import { allTabs, closeNamed, tabName } from './realTabs';
import { ScriptedFiles } from './scriptedFiles';
import { type AutoSave, BESIDE, SCHEME, Stage } from './stage';
import type { SeenTab } from './trace';

const FILLER = 'calibration-filler';
/** So many other documents, and VS Code holds none for an extension that was asked for before. */
const FILLERS = 60;
const BATCH = 20;
/** So many times back and forth without anything heard, and nothing goes on by itself any more. */
const QUIET_TURNS = 4;

export class RealStage extends Stage {
  protected readonly files = new ScriptedFiles(
    (uri, line) => this.trace.call(uri, line),
    ({ path }) => vscode.FileSystemError.FileNotFound(path),
    () => this.growsOnWrite,
  );
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #subscriptions: vscode.Disposable;
  #fillers = 0;

  constructor() {
    super();
    const { trace } = this;
    const none = () => {
      throw vscode.FileSystemError.NoPermissions();
    };
    const provider: vscode.FileSystemProvider = {
      onDidChangeFile: this.#changed.event,
      stat: uri => this.files.stat(uri),
      readFile: uri => this.files.readFile(uri),
      writeFile: (uri, content) => this.files.writeFile(uri, content),
      watch: () => new vscode.Disposable(() => undefined),
      readDirectory: () => [],
      createDirectory: none,
      delete: none,
      rename: none,
    };
    const { workspace, window } = vscode;
    const ours = (document: vscode.TextDocument) => document.uri.scheme === SCHEME;
    const on = (event: vscode.Event<vscode.TextDocument>, what: string) =>
      event(document => ours(document) && trace.event(document, what));
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.files.onDidChangeFile(events =>
        this.#changed.fire(events.map(({ type, uri }) => ({ type, uri: vscode.Uri.from(uri) }))),
      ),
      workspace.registerFileSystemProvider(SCHEME, provider),
      workspace.registerTextDocumentContentProvider(FILLER, { provideTextDocumentContent: () => '' }),
      vscode.languages.registerDocumentFormattingEditProvider(
        { scheme: SCHEME },
        {
          provideDocumentFormattingEdits: document => {
            const text = document.getText();
            const whole = new vscode.Range(0, 0, document.lineCount, 0);
            return this.formatted(text) === text ? [] : [new vscode.TextEdit(whole, this.formatted(text))];
          },
        },
      ),
      on(workspace.onDidOpenTextDocument, 'opened'),
      on(workspace.onDidCloseTextDocument, 'closed'),
      on(workspace.onDidSaveTextDocument, 'saved'),
      workspace.onDidChangeTextDocument(
        ({ document, contentChanges }) =>
          ours(document) && trace.event(document, contentChanges.length ? 'changed' : 'told'),
      ),
      workspace.onWillSaveTextDocument(({ document, reason, waitUntil }) => {
        if (!ours(document)) return;
        trace.event(document, `will save, reason ${reason}`);
        waitUntil(this.files.willSave(document.uri));
      }),
      window.tabGroups.onDidChangeTabs(({ opened, closed }) => {
        for (const tab of opened) if (tabName(tab)) trace.tab(`opened ${tabName(tab)}`);
        for (const tab of closed) if (tabName(tab)) trace.tab(`closed ${tabName(tab)}`);
      }),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  isDirty(name: Name): boolean {
    return (
      allTabs().some(tab => tab.isDirty && tabName(tab)?.split(BESIDE).at(-1) === name) ||
      (this.document(name)?.isDirty ?? false)
    );
  }

  hasTab(name: Name): boolean {
    return this.tabs().some(tab => tab.name === name);
  }

  async open(name: Name): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.uri(name));
    await vscode.window.showTextDocument(document, { preview: false });
  }

  async openTab(name: Name): Promise<void> {
    await vscode.commands.executeCommand('vscode.open', this.uri(name), { preview: false });
  }

  async preview(name: Name): Promise<void> {
    await vscode.commands.executeCommand('vscode.open', this.uri(name), { preview: true });
  }

  async openText(name: Name): Promise<void> {
    await vscode.workspace.openTextDocument(this.uri(name));
  }

  async type(name: Name, text: string): Promise<void> {
    const document = this.document(name);
    assert(document);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(this.uri(name), new vscode.Range(0, 0, document.lineCount, 0), text);
    await vscode.workspace.applyEdit(edit);
  }

  async undo(): Promise<void> {
    await vscode.commands.executeCommand('undo');
  }

  async save(name: Name): Promise<boolean> {
    return (await this.document(name)?.save()) ?? false;
  }

  async forceSave(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.files.save');
  }

  async saveWithoutFormatting(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.files.saveWithoutFormatting');
  }

  async saveAll(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.files.saveAll');
  }

  /** Turning it on saves what is dirty, for the reason that it has later. */
  async autoSave(setting: AutoSave): Promise<void> {
    const files = vscode.workspace.getConfiguration('files');
    const isSaved = () => NAMES.every(name => !this.isDirty(name));
    await files.update('autoSave', setting, vscode.ConfigurationTarget.Global);
    await until(vscode.window.tabGroups.onDidChangeTabs, 'everything is saved', isSaved);
    await files.update('autoSave', 'off', vscode.ConfigurationTarget.Global);
  }

  async revert(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }

  async closeTab(name: Name): Promise<void> {
    await closeNamed(name);
  }

  async discard(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }

  async letGo(): Promise<void> {
    // Not all at once: the first of them would be gone before the extension host has looked at them.
    for (let opened = 0; opened < FILLERS; opened += BATCH) {
      const filler = () => vscode.Uri.from({ scheme: FILLER, path: `/${++this.#fillers}` });
      await Promise.all(Array.from({ length: BATCH }, () => vscode.workspace.openTextDocument(filler())));
    }
  }

  async setLanguage(name: Name, language: string): Promise<void> {
    const document = this.document(name);
    if (document) await vscode.languages.setTextDocumentLanguage(document, language);
  }

  async diff(original: Name, modified: Name): Promise<void> {
    const title = `${original}${BESIDE}${modified}`;
    await vscode.commands.executeCommand('vscode.diff', this.uri(original), this.uri(modified), title, {
      preview: false,
    });
  }

  async closeDiff(original: Name, modified: Name): Promise<void> {
    await closeNamed(`${original}${BESIDE}${modified}`);
  }

  async writeBeside(name: Name, text: string): Promise<void> {
    await vscode.workspace.fs.writeFile(this.uri(name), Buffer.from(text));
  }

  /** VS Code does it by itself. */
  async secondPasses(name: Name): Promise<void> {
    while (!this.isShown(name)) await new Promise(resolve => setTimeout(resolve, 20));
  }

  async settled(): Promise<void> {
    for (let quiet = 0, heard = this.trace.length; quiet < QUIET_TURNS; quiet++) {
      await vscode.commands.executeCommand('setContext', 'calibration.turn', true);
      await new Promise(resolve => setImmediate(resolve));
      if (this.trace.length !== heard) quiet = -1;
      heard = this.trace.length;
    }
  }

  async end(): Promise<void> {
    for (const name of NAMES) {
      this.arm(name, undefined);
      this.refuse(name, 0);
    }
    for (let tab = allTabs()[0]; tab; tab = allTabs()[0]) {
      if (tab.isDirty) await this.discard();
      else await vscode.window.tabGroups.close(tab);
    }
    await this.settled();
  }

  protected uri(name: Name): vscode.Uri {
    return vscode.Uri.from({ scheme: SCHEME, path: this.path(name) });
  }

  protected documents(): readonly vscode.TextDocument[] {
    return vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === SCHEME);
  }

  protected override document(name: Name): vscode.TextDocument | undefined {
    return this.documents().find(({ uri }) => uri.path === this.path(name));
  }

  protected tabs(): readonly SeenTab[] {
    return allTabs().flatMap(tab => {
      const name = tabName(tab);
      return name === undefined ? [] : [{ name, isDirty: tab.isDirty, isActive: tab.isActive }];
    });
  }
}
