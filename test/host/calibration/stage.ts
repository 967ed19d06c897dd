// A host to play on: the real one, or the stand-in. What both have in common is here.
import type { UriLike } from '../../support/vscode/uri';
import { type History, NAMES, type Name } from './history';
import type { Hook, ScriptedFiles } from './scriptedFiles';
import { type SeenDocument, type SeenTab, Trace } from './trace';

export const SCHEME = 'calibration';
/** Between the sides of a comparison, in the name of its tab. */
export const BESIDE = ' ↔ ';

/** Of `files.autoSave`. */
export type AutoSave = 'afterDelay' | 'onFocusChange' | 'onWindowChange';

export abstract class Stage {
  protected readonly trace = new Trace();
  protected abstract readonly files: ScriptedFiles;
  protected growsOnWrite: boolean = false;
  protected formats: boolean = false;
  #history = 0;
  readonly #clean = new Map<Name, string>();

  /** Begins anew, with names that nothing has been heard of. */
  begin(history: number, { growsOnWrite, formats }: History): void {
    this.#history = history;
    this.#clean.clear();
    this.growsOnWrite = growsOnWrite;
    this.formats = formats;
    this.state();
    this.trace.only(({ path }) => path.startsWith(`/${history}/`));
  }

  /** What the formatter makes of a text. */
  protected formatted(text: string): string {
    return this.formats && !text.endsWith('!') ? `${text}!` : text;
  }

  put(name: Name, content: string, mtime: number): void {
    this.files.put(this.uri(name), content, mtime);
  }

  content(name: Name): string {
    return this.files.content(this.uri(name));
  }

  mtime(name: Name): number {
    return this.files.mtime(this.uri(name));
  }

  tell(name: Name): void {
    this.files.tell(this.uri(name));
  }

  arm(name: Name, hook: Hook | undefined): void {
    this.files.arm(this.uri(name), hook);
  }

  refuse(name: Name, times: number): void {
    this.files.refuse(this.uri(name), times);
  }

  /** Remembers what documents without unsaved text show. */
  noteClean(): void {
    for (const document of this.documents()) {
      const name = NAMES.find(each => this.path(each) === document.uri.path);
      if (name && !this.isDirty(name)) this.#clean.set(name, document.getText());
    }
  }

  /** Types what was shown the last time that the document had no unsaved text. */
  async typeBack(name: Name): Promise<void> {
    const text = this.#clean.get(name);
    if (text !== undefined && this.isOpen(name)) await this.type(name, text);
  }

  isInFront(name: Name): boolean {
    return this.tabs().some(tab => tab.isActive && tab.name === name);
  }

  isOpen(name: Name): boolean {
    return this.document(name) !== undefined;
  }

  state(): string[] {
    return this.trace.take(this.documents(), this.tabs());
  }

  /** As VS Code itself knows it, which its tabs tell. */
  abstract isDirty(name: Name): boolean;
  abstract hasTab(name: Name): boolean;

  /** In a tab of its own, or on the right of a comparison. */
  isShown(name: Name): boolean {
    return this.tabs().some(tab => tab.name.split(BESIDE).at(-1) === name);
  }

  abstract open(name: Name): Promise<void>;
  abstract openTab(name: Name): Promise<void>;
  abstract preview(name: Name): Promise<void>;
  abstract openText(name: Name): Promise<void>;
  abstract type(name: Name, text: string): Promise<void>;
  abstract undo(name: Name): Promise<void>;
  abstract save(name: Name): Promise<boolean>;
  abstract forceSave(name: Name): Promise<void>;
  abstract saveWithoutFormatting(name: Name): Promise<void>;
  abstract saveAll(): Promise<void>;
  /** As if it was on while something is dirty. */
  abstract autoSave(setting: AutoSave): Promise<void>;
  abstract revert(name: Name): Promise<void>;
  abstract closeTab(name: Name): Promise<void>;
  /** Unsaved text is thrown away. */
  abstract discard(name: Name): Promise<void>;
  abstract letGo(): Promise<void>;
  abstract setLanguage(name: Name, language: string): Promise<void>;
  abstract diff(original: Name, modified: Name): Promise<void>;
  abstract closeDiff(original: Name, modified: Name): Promise<void>;
  abstract writeBeside(name: Name, text: string): Promise<void>;
  /** A dirty document without a tab gets one. */
  abstract secondPasses(name: Name): Promise<void>;
  abstract settled(): Promise<void>;
  /** Everything closed, unsaved text thrown away. */
  abstract end(): Promise<void>;

  protected path(name: Name): string {
    return `/${this.#history}/${name}.txt`;
  }

  protected abstract uri(name: Name): UriLike;
  protected abstract documents(): readonly SeenDocument[];
  protected abstract tabs(): readonly SeenTab[];

  protected document(name: Name): SeenDocument | undefined {
    return this.documents().find(({ uri }) => uri.path === this.path(name));
  }
}
