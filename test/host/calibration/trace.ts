// What extensions and the provider see of one step, in words that are the same in both hosts.

export interface SeenDocument {
  readonly uri: { readonly path: string };
  readonly isDirty: boolean;
  readonly isClosed: boolean;
  readonly version: number;
  readonly languageId: string;
  getText(): string;
}

export interface SeenTab {
  readonly name: string;
  readonly isDirty: boolean;
  readonly isActive: boolean;
}

/** A document is named by its file and its name in it: `a/1`. */
export function nameOf({ path }: { readonly path: string }): string {
  return path.replace(/^\/\d+\//, '').replace(/\.txt$/, '');
}

export class Trace {
  /** Calls of the provider and events of documents, in their order for each document. */
  readonly #lines: { readonly name: string; readonly line: string }[] = [];
  /** Events of tabs, in theirs: the two come by different ways. */
  readonly #tabs: string[] = [];
  #isOf: (uri: { readonly path: string }) => boolean = () => true;

  /** How much has been seen, to wait until it is no more. */
  get length(): number {
    return this.#lines.length + this.#tabs.length;
  }

  only(isOf: (uri: { readonly path: string }) => boolean): void {
    this.#isOf = isOf;
  }

  call(uri: { readonly path: string }, line: string): void {
    if (this.#isOf(uri)) this.#lines.push({ name: nameOf(uri), line });
  }

  event(document: SeenDocument, what: string): void {
    const { uri, isDirty, isClosed, version } = document;
    const flags = `${isDirty ? 'dirty' : 'clean'}${isClosed ? ' closed' : ''}`;
    this.call(uri, `${what} (${flags}, version ${version}: ${document.getText()})`);
  }

  tab(what: string): void {
    this.#tabs.push(what);
  }

  /** What was seen since the last time, and what is to be seen now. */
  take(documents: readonly SeenDocument[], tabs: readonly SeenTab[]): string[] {
    const shown = documents.filter(({ uri }) => this.#isOf(uri)).map(lineOf);
    const state = [
      ...shown.sort(),
      ...tabs.map(({ name, isDirty, isActive }) => `tab ${name}${isDirty ? ' dirty' : ''}${isActive ? ' active' : ''}`),
    ];
    return [
      // What two documents do at the same time has no order.
      ...this.#lines
        .splice(0)
        .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
        .map(({ name, line }) => `${name} ${line}`),
      ...this.#tabs.splice(0).map(line => `tabs: ${line}`),
      ...state.map(line => `= ${line}`),
    ];
  }
}

function lineOf(document: SeenDocument): string {
  const { uri, isDirty, isClosed, version, languageId } = document;
  const flags = `${isDirty ? 'dirty' : 'clean'}${isClosed ? ' closed' : ''}`;
  return `${nameOf(uri)} ${flags} ${languageId} version ${version}: ${document.getText()}`;
}
