// A document of the stand-in: opened, changed and saved by hand, as VS Code tells of it.
import type { Uri } from '../../support/vscode/uri';

export class TextDocument {
  readonly uri: Uri;
  readonly encoding = 'utf8';
  languageId: string = 'auth0-metadata';
  isDirty: boolean = false;
  #text: string;

  constructor(uri: Uri, text: string) {
    this.uri = uri;
    this.#text = text;
  }

  getText(): string {
    return this.#text;
  }

  set(text: string): void {
    this.#text = text;
    this.isDirty = true;
  }

  positionAt(offset: number): { line: number; character: number } {
    const before = this.#text.slice(0, offset).split('\n');
    return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  }
}
