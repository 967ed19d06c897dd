// A document as extensions see it.
import { offsetAt, type Position, positionAt, type Range } from './text';
import type { UriLike } from './uri';

export class TextDocument {
  readonly uri: UriLike;
  readonly isUntitled: boolean = false;
  readonly eol = 1;
  readonly encoding = 'utf8';
  languageId: string;
  /** What extensions were told last, which is not always so: see TextFile. */
  isDirty: boolean = false;
  isClosed: boolean = false;
  version = 1;
  text = '';
  readonly #save: () => Promise<boolean>;

  constructor(uri: UriLike, languageId: string, save: () => Promise<boolean>) {
    this.uri = uri;
    this.languageId = languageId;
    this.#save = save;
  }

  get fileName(): string {
    return this.uri.path;
  }

  get lineCount(): number {
    return this.text.split('\n').length;
  }

  getText(range?: Range): string {
    if (!range) return this.text;
    return this.text.slice(offsetAt(this.text, range.start), offsetAt(this.text, range.end));
  }

  positionAt(offset: number): Position {
    return positionAt(this.text, offset);
  }

  offsetAt(position: Position): number {
    return offsetAt(this.text, position);
  }

  /** As extensions ask for it: a document without unsaved text is not written. */
  save(): Promise<boolean> {
    return this.#save();
  }
}
