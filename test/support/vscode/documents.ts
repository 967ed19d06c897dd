// The documents of a window: opened, edited and saved by extensions, also where no tab shows them.
import { ExtensionReferences } from './extensionReferences';
import { hop } from './fileProvider';
import { type Provider, Providers } from './providers';
import { SAVE_REASON, type SaveReason } from './saving';
import { Shell } from './shell';
import { Telling } from './telling';
import type { TextDocument } from './textDocument';
import type { TextFile } from './textFile';
import { TextFiles } from './textFiles';
import type { UriLike } from './uri';
import { applyEdits, type Edits } from './workspaceEdit';

/**
 * - Asking for a document holds it, unless it is open: that holds nothing. Three minutes later, or after 60 other documents,
 *   it is let go.
 * - `setLanguage` tells of a close and an open of the document, which is open all the while; text and dirty state stay.
 * - A second URI is another document, whatever the provider makes of it.
 * - `writeFile` is that of another extension: the provider is called, and no document notices.
 * - An event of the provider takes a turn to arrive: `beforeFileEvent` runs before it does.
 */
export abstract class Documents extends Shell {
  /** Called once, while an event of a provider is on its way: a person may type there. */
  beforeFileEvent: (() => void) | undefined;
  languageOf: (uri: UriLike) => string = () => 'auth0-metadata';

  /** Events of documents. */
  readonly told: Telling;
  protected readonly texts: TextFiles;
  readonly #providers = new Providers(uri => void this.texts.inBackground(this.#fileChanged(uri)));
  readonly #extensions = new ExtensionReferences();

  constructor() {
    super();
    this.told = new Telling((file, replacements) => {
      const { uri } = file.document;
      return this.applyEdit(new Map([[uri.toString(), { uri, replacements }]]));
    });
    this.texts = new TextFiles({
      provider: uri => this.#providers.get(uri),
      languageOf: uri => this.languageOf(uri),
      opened: file => this.told.opened(file),
      closed: file => this.told.closed(file),
      textChanged: (file, reason) => this.told.textChanged(file, reason),
      dirtyChanged: file => this.dirtyChanged(file),
      willSave: (file, reason) => this.told.willSave(file, reason),
      saved: file => this.told.saved(file),
    });
  }

  get documents(): TextDocument[] {
    return this.texts.open.map(({ document }) => document);
  }

  /** The working copy behind a document that is open. */
  file(uri: UriLike): TextFile | undefined {
    const file = this.texts.all.get(uri.toString());
    return file?.isOpen ? file : undefined;
  }

  registerProvider(scheme: string, provider: Provider): { dispose(): unknown } {
    return this.#providers.register(scheme, provider);
  }

  /** workspace.openTextDocument: without a tab. */
  async openDocument(uri: UriLike): Promise<TextDocument> {
    const known = this.file(uri);
    if (known) return known.document;
    const reference = await this.texts.acquire(uri);
    this.#extensions.add(reference);
    return reference.file.document;
  }

  /** Three minutes pass: extensions hold no document any more. */
  async letGo(): Promise<void> {
    this.#extensions.clear();
    await this.settled();
  }

  /** *Save All*, or a save of what has unsaved text by itself. */
  async saveAll(reason: SaveReason = SAVE_REASON.Manual): Promise<void> {
    await Promise.all(this.texts.open.filter(({ isDirty }) => isDirty).map(file => file.save({ reason })));
  }

  async setLanguage(document: TextDocument, languageId: string): Promise<TextDocument> {
    const reference = await this.texts.acquire(document.uri);
    await hop();
    if (document.languageId !== languageId) this.told.languageChanged(document, languageId);
    reference.dispose();
    return document;
  }

  /** workspace.fs.writeFile of any extension. */
  async writeFile(uri: UriLike, content: Uint8Array): Promise<void> {
    await hop();
    await this.#providers.get(uri)?.writeFile(uri, content, { create: true, overwrite: true });
  }

  /** False where a document was changed while the edit was on its way. */
  applyEdit(edits: Edits): Promise<boolean> {
    const task = applyEdits(this.texts, edits, document => this.isInFront(document));
    return this.texts.inBackground(task).catch(() => false);
  }

  /** Once everything that goes on by itself has ended: reloads, and documents that go. */
  async settled(): Promise<void> {
    await this.texts.settled();
  }

  /** What was typed, too: nothing can be undone any more. */
  override forget(): void {
    super.forget();
    for (const { steps } of this.texts.open) steps.clear();
  }

  /** Everything in it is gone, as when the window is closed. Providers stay. */
  override clear(): void {
    super.clear();
    this.texts.clear();
    this.#extensions.forget();
    this.told.format = text => text;
    this.told.formatsFirst = true;
    this.beforeFileEvent = undefined;
  }

  protected abstract isInFront(document: TextDocument): boolean;

  protected abstract dirtyChanged(file: TextFile): void;

  async #fileChanged(uri: UriLike): Promise<void> {
    await hop();
    const run = this.beforeFileEvent;
    this.beforeFileEvent = undefined;
    run?.();
    this.texts.changed(uri);
  }
}
