// What the tenants need of VS Code, outside VS Code. Import it before anything that imports `vscode`.
import Module from 'node:module';

type Listener = (event: unknown) => unknown;

class EventEmitter {
  readonly #listeners = new Set<Listener>();

  readonly event = (listener: Listener) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  fire(event: unknown): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

/** A VS Code window's secrets and state; `store` is shared by all windows, as VS Code shares them. */
export class Window {
  readonly #store: Map<string, unknown>;
  readonly #secretsChanged = new EventEmitter();
  readonly #windows: Window[];

  constructor(shared: { readonly store: Map<string, unknown>; readonly windows: Window[] }) {
    this.#store = shared.store;
    this.#windows = shared.windows;
    shared.windows.push(this);
  }

  readonly state = {
    keys: () => [],
    get: (key: string) => this.#store.get(key),
    update: async (key: string, value: unknown) => {
      this.#store.set(key, structuredClone(value));
    },
  };

  readonly secrets = {
    onDidChange: (listener: (event: { readonly key: string }) => unknown) =>
      this.#secretsChanged.event(event => listener(event as { readonly key: string })),
    get: async (key: string) => this.#store.get(`secret ${key}`) as string | undefined,
    store: async (key: string, value: string) => {
      this.#store.set(`secret ${key}`, value);
      this.#announce(key);
    },
    delete: async (key: string) => {
      this.#store.delete(`secret ${key}`);
      this.#announce(key);
    },
  };

  #announce(key: string): void {
    for (const window of this.#windows) window.#secretsChanged.fire({ key });
  }
}

const l10n = { t: (message: string) => message };

type Load = (request: string, ...rest: unknown[]) => unknown;
const loader: { _load: Load } = Object.assign(Module);
const load = loader._load;
Object.assign(Module, {
  _load: (request: string, ...rest: unknown[]) =>
    request === 'vscode' ? { EventEmitter, l10n } : load(request, ...rest),
});
