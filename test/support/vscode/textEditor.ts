// An editor that shows a document.
import { hop } from './fileProvider';
import { applyReplacements, type Range, type Replacement } from './text';
import type { TextDocument } from './textDocument';
import type { TextFile } from './textFile';

export class TextEditor {
  readonly #file: TextFile;
  readonly #inBackground: (task: Promise<boolean>) => Promise<boolean>;

  constructor(file: TextFile, inBackground: (task: Promise<boolean>) => Promise<boolean>) {
    this.#file = file;
    this.#inBackground = inBackground;
  }

  get document(): TextDocument {
    return this.#file.document;
  }

  /** False where the document was changed while the edit was on its way: stricter than an edit of the workspace. */
  edit(build: (builder: { replace(range: Range, text: string): void }) => void): Promise<boolean> {
    const replacements: Replacement[] = [];
    build({ replace: (range, text) => replacements.push({ range, text }) });
    return this.#inBackground(this.#edit(replacements));
  }

  async #edit(replacements: readonly Replacement[]): Promise<boolean> {
    const { version } = this.document;
    await hop();
    if (!this.#file.isOpen || version !== this.document.version) return false;
    this.#file.type(applyReplacements(this.document.text, replacements));
    return true;
  }
}
