// A file system that does what a history says, and tells what it was asked. The same one serves both hosts.
import type { UriLike } from '../../support/vscode/uri';

type Call = 'stat' | 'read' | 'write' | 'willSave';

/** Happens once, while that call has not been answered yet. */
export interface Hook {
  readonly call: Call;
  run(): Promise<void>;
}

interface File {
  content: string;
  mtime: number;
  refusals: number;
}

export interface FileEvent {
  readonly type: number;
  readonly uri: UriLike;
}

const CHANGED = 1;

/** Files are told apart by the first folder of their path: below it, every path is another name of the same file. */
export class ScriptedFiles {
  readonly #files = new Map<string, File>();
  readonly #hooks = new Map<string, Hook>();
  readonly #listeners = new Set<(events: readonly FileEvent[]) => unknown>();
  readonly #log: (uri: UriLike, line: string) => void;
  readonly #notFound: (uri: UriLike) => Error;
  readonly #growsOnWrite: () => boolean;

  readonly onDidChangeFile = (listener: (events: readonly FileEvent[]) => unknown) => {
    const entry = (events: readonly FileEvent[]) => listener(events);
    this.#listeners.add(entry);
    return { dispose: () => void this.#listeners.delete(entry) };
  };

  constructor(
    log: (uri: UriLike, line: string) => void,
    notFound: (uri: UriLike) => Error,
    growsOnWrite: () => boolean = () => false,
  ) {
    this.#log = log;
    this.#notFound = notFound;
    this.#growsOnWrite = growsOnWrite;
  }

  put(uri: UriLike, content: string, mtime: number): void {
    const { refusals = 0 } = this.#files.get(keyOf(uri)) ?? {};
    this.#files.set(keyOf(uri), { content, mtime, refusals });
  }

  content(uri: UriLike): string {
    return this.#files.get(keyOf(uri))?.content ?? '';
  }

  mtime(uri: UriLike): number {
    return this.#files.get(keyOf(uri))?.mtime ?? 0;
  }

  /** Of this name of the file alone. */
  arm(uri: UriLike, hook: Hook | undefined): void {
    if (hook) this.#hooks.set(uri.path, hook);
    else this.#hooks.delete(uri.path);
  }

  /** The next writes fail. */
  refuse(uri: UriLike, times: number): void {
    const file = this.#files.get(keyOf(uri));
    if (file) file.refusals = times;
  }

  tell(uri: UriLike): void {
    this.#log(uri, 'event');
    for (const listener of this.#listeners) listener([{ type: CHANGED, uri }]);
  }

  async stat(uri: UriLike): Promise<{ type: number; ctime: number; mtime: number; size: number }> {
    if (!/\.txt$/.test(uri.path)) return { type: 2, ctime: 0, mtime: 0, size: 0 };
    const file = this.#file(uri);
    const { mtime, content } = file;
    this.#log(uri, `stat ${mtime} ${content.length}`);
    await this.#hook(uri, 'stat');
    return { type: 1, ctime: 0, mtime, size: Buffer.byteLength(content) };
  }

  async readFile(uri: UriLike): Promise<Uint8Array> {
    const file = this.#file(uri);
    const { content } = file;
    this.#log(uri, `read ${content}`);
    await this.#hook(uri, 'read');
    return Buffer.from(content);
  }

  async writeFile(uri: UriLike, content: Uint8Array): Promise<void> {
    const file = this.#file(uri);
    this.#log(uri, `write ${Buffer.from(content)}${file.refusals > 0 ? ' refused' : ''}`);
    await this.#hook(uri, 'write');
    if (file.refusals > 0) {
      file.refusals--;
      throw new Error('refused');
    }
    file.content = Buffer.from(content).toString();
    if (this.#growsOnWrite()) file.mtime++;
  }

  /** The will-save event was heard; not a call of the provider. */
  async willSave(uri: UriLike): Promise<void> {
    await this.#hook(uri, 'willSave');
  }

  async #hook({ path }: UriLike, call: Call): Promise<void> {
    const hook = this.#hooks.get(path);
    if (hook?.call !== call) return;
    this.#hooks.delete(path);
    await hook.run();
  }

  #file(uri: UriLike): File {
    const file = this.#files.get(keyOf(uri));
    if (!file) throw this.#notFound(uri);
    return file;
  }
}

function keyOf({ path }: UriLike): string {
  return path.split('/').slice(0, -1).join('/');
}
