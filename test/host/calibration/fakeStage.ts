// The stand-in as a stage.
import { SAVE_REASON } from '../../support/vscode/saving';
import { TabInputText } from '../../support/vscode/tabs';
import { Range } from '../../support/vscode/text';
import type { TextDocument } from '../../support/vscode/textDocument';
import type { TextFile } from '../../support/vscode/textFile';
import { Uri, type UriLike } from '../../support/vscode/uri';
import { Window } from '../../support/vscode/window';
import { WorkspaceEdit } from '../../support/vscode/workspaceEdit';
import { NAMES, type Name } from './history';
import { ScriptedFiles } from './scriptedFiles';
import { type AutoSave, BESIDE, SCHEME, Stage } from './stage';
import { nameOf, type SeenTab } from './trace';

export class FakeStage extends Stage {
  protected readonly files = new ScriptedFiles(
    (uri, line) => this.trace.call(uri, line),
    ({ path }) => new Error(path),
    () => this.growsOnWrite,
  );
  readonly #window = new Window();

  constructor(formatsFirst: boolean) {
    super();
    this.#window.told.formatsFirst = formatsFirst;
    this.#window.registerProvider(SCHEME, this.files);
    this.#window.told.format = text => this.formatted(text);
    this.#window.languageOf = () => 'plaintext';
    const { trace } = this;
    this.#window.told.didOpen.event(document => trace.event(document, 'opened'));
    this.#window.told.didClose.event(document => trace.event(document, 'closed'));
    this.#window.told.didSave.event(document => trace.event(document, 'saved'));
    this.#window.told.didChange.event(({ document, contentChanges }) =>
      trace.event(document, contentChanges.length ? 'changed' : 'told'),
    );
    this.#window.told.willSaveText.event(({ document, reason, waitUntil }) => {
      trace.event(document, `will save, reason ${reason}`);
      waitUntil(this.files.willSave(document.uri));
    });
    this.#window.didChangeTabs.event(({ opened, closed }) => {
      for (const { input } of opened) trace.tab(`opened ${tabName(input)}`);
      for (const { input } of closed) trace.tab(`closed ${tabName(input)}`);
    });
  }

  isDirty(name: Name): boolean {
    return this.#file(name)?.isDirty ?? false;
  }

  hasTab(name: Name): boolean {
    return this.#window.hasTab(this.uri(name));
  }

  async open(name: Name): Promise<void> {
    await this.#window.open(this.uri(name));
  }

  async openTab(name: Name): Promise<void> {
    await this.#window.openTab(this.uri(name));
  }

  async preview(name: Name): Promise<void> {
    await this.#window.openTab(this.uri(name), true);
  }

  saveAll(): Promise<void> {
    return this.#window.saveAll();
  }

  autoSave(setting: AutoSave): Promise<void> {
    return this.#window.saveAll(setting === 'afterDelay' ? SAVE_REASON.AfterDelay : SAVE_REASON.FocusOut);
  }

  async openText(name: Name): Promise<void> {
    await this.#window.openDocument(this.uri(name));
  }

  async type(name: Name, text: string): Promise<void> {
    const document = this.#file(name)?.document;
    if (!document) return;
    const edit = new WorkspaceEdit();
    edit.replace(document.uri, new Range(document.positionAt(0), document.positionAt(document.text.length)), text);
    await this.#window.applyEdit(edit.edits);
  }

  async undo(name: Name): Promise<void> {
    this.#file(name)?.undo();
  }

  async save(name: Name): Promise<boolean> {
    return (await this.#file(name)?.save()) ?? false;
  }

  async forceSave(name: Name): Promise<void> {
    await this.#file(name)?.save({ force: true });
  }

  async saveWithoutFormatting(name: Name): Promise<void> {
    await this.#file(name)?.save({ force: true, withoutFormatting: true });
  }

  async revert(name: Name): Promise<void> {
    await this.#file(name)?.revert();
  }

  async closeTab(name: Name): Promise<void> {
    await this.#window.closeTab(this.uri(name));
  }

  async discard(name: Name): Promise<void> {
    await this.revert(name);
    await this.closeTab(name);
  }

  letGo(): Promise<void> {
    return this.#window.letGo();
  }

  async setLanguage(name: Name, language: string): Promise<void> {
    const document = this.#file(name)?.document;
    if (document) await this.#window.setLanguage(document, language);
  }

  diff(original: Name, modified: Name): Promise<void> {
    return this.#window.openDiff(this.uri(original), this.uri(modified));
  }

  closeDiff(original: Name, modified: Name): Promise<void> {
    return this.#window.closeDiff(this.uri(original), this.uri(modified));
  }

  writeBeside(name: Name, text: string): Promise<void> {
    return this.#window.writeFile(this.uri(name), Buffer.from(text));
  }

  secondPasses(): Promise<void> {
    return this.#window.secondPasses();
  }

  settled(): Promise<void> {
    return this.#window.settled();
  }

  async end(): Promise<void> {
    for (const name of NAMES) this.arm(name, undefined);
    this.#window.clear();
  }

  protected uri(name: Name): UriLike {
    return Uri.from({ scheme: SCHEME, path: this.path(name) });
  }

  protected documents(): readonly TextDocument[] {
    return this.#window.documents;
  }

  protected tabs(): readonly SeenTab[] {
    return this.#window.tabs.map(({ input, isDirty, isActive }) => ({ name: tabName(input), isDirty, isActive }));
  }

  #file(name: Name): TextFile | undefined {
    return this.#window.file(this.uri(name));
  }
}

function tabName(input: Window['tabs'][number]['input']): string {
  if (input instanceof TabInputText) return nameOf(input.uri);
  return `${nameOf(input.original)}${BESIDE}${nameOf(input.modified)}`;
}
