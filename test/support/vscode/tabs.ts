// The tabs of the one group of editors, and the files that they show: a file and a comparison share what they hold.
import type { Reference, TextFiles } from './textFiles';
import type { UriLike } from './uri';

export class TabInputText {
  readonly uri: UriLike;

  constructor(uri: UriLike) {
    this.uri = uri;
  }
}

export class TabInputTextDiff {
  readonly original: UriLike;
  readonly modified: UriLike;

  constructor(original: UriLike, modified: UriLike) {
    this.original = original;
    this.modified = modified;
  }
}

export type TabInput = TabInputText | TabInputTextDiff;

export interface Tab {
  readonly input: TabInput;
  readonly label: string;
  readonly isDirty: boolean;
  readonly isActive: boolean;
  readonly isPinned: boolean;
  readonly isPreview: boolean;
  readonly group: TabGroup;
}

export interface TabGroup {
  readonly isActive: boolean;
  readonly viewColumn: number;
  readonly tabs: readonly Tab[];
  readonly activeTab: Tab | undefined;
}

export interface TabChange {
  readonly opened: readonly Tab[];
  readonly closed: readonly Tab[];
  readonly changed: readonly Tab[];
}

/** What a tab, or a side of one, holds of its file once it was shown. */
interface Shown {
  readonly uri: UriLike;
  reference: Reference | undefined;
}

/** Its fields are read anew at each look, as those of VS Code's tabs are. */
class OpenTab implements Tab {
  readonly input: TabInput;
  readonly label: string;
  readonly group: TabGroup;
  readonly isPinned: boolean = false;
  isPreview: boolean;
  readonly #tabs: Tabs;
  #wasDirty: boolean | undefined;

  constructor(input: TabInput, label: string, isPreview: boolean, group: TabGroup, tabs: Tabs) {
    this.input = input;
    this.label = label;
    this.isPreview = isPreview;
    this.group = group;
    this.#tabs = tabs;
  }

  get isDirty(): boolean {
    return this.#wasDirty ?? this.#tabs.isDirty(this.input);
  }

  get isActive(): boolean {
    return this.group.activeTab === this;
  }

  /** A tab that was closed stays as it was. */
  close(): void {
    this.#wasDirty = this.isDirty;
  }
}

export class Tabs {
  readonly group: { isActive: boolean; viewColumn: number; tabs: OpenTab[]; activeTab: OpenTab | undefined } = {
    isActive: true,
    viewColumn: 1,
    tabs: [],
    activeTab: undefined,
  };
  readonly #files: TextFiles;
  readonly #changed: (change: TabChange) => void;
  readonly #shown = new Map<string, Shown>();
  /** The one in front comes last. */
  readonly #recent: OpenTab[] = [];

  constructor(files: TextFiles, changed: (change: TabChange) => void) {
    this.#files = files;
    this.#changed = changed;
  }

  find(input: TabInput): Tab | undefined {
    return this.#find(input);
  }

  /** Whether a tab of its own shows it; a comparison is none. */
  has(uri: UriLike): boolean {
    return this.#find(new TabInputText(uri)) !== undefined;
  }

  /** Also on the right of a comparison: as one that VS Code takes for an editor of the file. */
  shows(uri: UriLike): boolean {
    return this.group.tabs.some(({ input }) => sidesOf(input).at(-1)?.toString() === uri.toString());
  }

  /**
   * Opens it or brings it to the front; resolves once it is shown. One that is in front already is not looked at again. A
   * preview takes the place of the one that was there.
   */
  async open(input: TabInput, label: string, isPreview: boolean = false): Promise<Tab> {
    const known = this.#find(input);
    if (known && !isPreview) known.isPreview = false;
    if (known?.isActive) return known;
    const tab = known ?? new OpenTab(input, label, isPreview, this.group, this);
    const replaced = known || !isPreview ? undefined : this.group.tabs.find(other => other.isPreview);
    if (!known) this.#insert(tab);
    this.#activate(tab);
    this.#changed({ opened: known ? [] : [tab], closed: [], changed: known ? [tab] : [] });
    if (replaced) this.close(replaced.input);
    try {
      await this.#showAll(input);
    } catch (error) {
      this.close(input);
      throw error;
    }
    return tab;
  }

  /** Beside the one in front, and not shown before somebody goes there. */
  async openBehind(input: TabInput, label: string): Promise<void> {
    if (!this.group.activeTab) await this.open(input, label);
    else if (!this.#find(input)) {
      const tab = new OpenTab(input, label, false, this.group, this);
      this.#insert(tab);
      // After the one in front.
      this.#recent.splice(-1, 0, tab);
      this.#changed({ opened: [tab], closed: [], changed: [] });
    }
  }

  close(input: TabInput): void {
    const tab = this.#find(input);
    if (!tab) return;
    tab.close();
    this.group.tabs.splice(this.group.tabs.indexOf(tab), 1);
    this.#recent.splice(this.#recent.indexOf(tab), 1);
    if (this.group.activeTab === tab) this.#activateLast();
    this.#changed({ opened: [], closed: [tab], changed: [] });
    for (const uri of sidesOf(tab.input)) this.#release(uri);
  }

  dirtyChanged(uri: UriLike): void {
    const changed = this.group.tabs.filter(({ input }) => isOf(input, uri));
    // What is edited stays.
    for (const tab of changed) if (tab.isDirty) tab.isPreview = false;
    if (changed.length) this.#changed({ opened: [], closed: [], changed });
  }

  /** As tabs say it, which is as it is. A comparison says it of its right side. */
  isDirty(input: TabInput): boolean {
    const uri = input instanceof TabInputText ? input.uri : input.modified;
    return this.#files.all.get(uri.toString())?.isDirty ?? false;
  }

  clear(): void {
    this.group.tabs.length = 0;
    this.group.activeTab = undefined;
    this.#recent.length = 0;
    this.#shown.clear();
  }

  async #showAll(input: TabInput): Promise<void> {
    await Promise.all(sidesOf(input).map(uri => this.#show(uri)));
  }

  async #show(uri: UriLike): Promise<void> {
    if (!this.#files.knows(uri)) return;
    const key = uri.toString();
    const shown = this.#shown.get(key) ?? { uri, reference: undefined };
    this.#shown.set(key, shown);
    await this.#files.resolve(uri, true);
    if (shown.reference) return;
    const reference = await this.#files.acquire(uri);
    // Two tabs may have been opened at once, and this one closed meanwhile.
    if (this.#shown.get(key) === shown && !shown.reference) shown.reference = reference;
    else reference.dispose();
  }

  #release(uri: UriLike): void {
    if (this.group.tabs.some(({ input }) => isOf(input, uri))) return;
    const shown = this.#shown.get(uri.toString());
    this.#shown.delete(uri.toString());
    shown?.reference?.dispose();
  }

  #insert(tab: OpenTab): void {
    const { activeTab, tabs } = this.group;
    tabs.splice(activeTab ? tabs.indexOf(activeTab) + 1 : tabs.length, 0, tab);
  }

  #activate(tab: OpenTab): void {
    this.group.activeTab = tab;
    const at = this.#recent.indexOf(tab);
    if (at >= 0) this.#recent.splice(at, 1);
    this.#recent.push(tab);
  }

  /** The one that was in front before comes to the front, and is looked at again. */
  #activateLast(): void {
    const next = this.#recent.at(-1);
    this.group.activeTab = next;
    if (next) this.#files.inBackground(this.#showAll(next.input)).catch(() => undefined);
  }

  #find(input: TabInput): OpenTab | undefined {
    return this.group.tabs.find(tab => sidesOf(tab.input).join(' ') === sidesOf(input).join(' '));
  }
}

function sidesOf(input: TabInput): UriLike[] {
  return input instanceof TabInputText ? [input.uri] : [input.original, input.modified];
}

function isOf(input: TabInput, uri: UriLike): boolean {
  return sidesOf(input).some(side => side.toString() === uri.toString());
}
