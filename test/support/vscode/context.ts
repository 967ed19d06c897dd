// What VS Code gives an extension when it activates it: state, secrets, a folder to write to.
import type * as vscode from 'vscode';
import { EventEmitter } from './events';
import { Uri } from './uri';

/** What VS Code keeps for an extension on this machine. All its windows share it. */
export class ExtensionStorage {
  /** State under its key, a secret under `secret <key>`. */
  readonly store = new Map<string, unknown>();
  readonly secretChanged = new EventEmitter<{ readonly key: string }>();
}

/** The state as one window sees it. */
export function stateIn({ store }: ExtensionStorage): vscode.Memento {
  return {
    keys: () => [...store.keys()],
    // Whoever asks says what it is, as with VS Code's.
    get: <T>(key: string, fallback?: T) => (store.has(key) ? (store.get(key) as T) : fallback),
    update: async (key, value) => void store.set(key, structuredClone(value)),
  };
}

/** The secrets as one window sees them. Every window hears of a change, also of its own. */
export function secretsIn({ store, secretChanged }: ExtensionStorage): vscode.SecretStorage {
  const nameOf = (key: string) => `secret ${key}`;
  return {
    get: async key => {
      const secret = store.get(nameOf(key));
      return typeof secret === 'string' ? secret : undefined;
    },
    store: async (key, value) => {
      store.set(nameOf(key), value);
      secretChanged.fire({ key });
    },
    delete: async key => {
      store.delete(nameOf(key));
      secretChanged.fire({ key });
    },
    onDidChange: secretChanged.event,
  };
}

/** For the `activate` of a built extension. */
export function contextIn(storage: ExtensionStorage, folder: string) {
  const subscriptions: { dispose(): unknown }[] = [];
  return {
    subscriptions,
    extensionMode: 1,
    globalStorageUri: Uri.file(folder),
    globalState: stateIn(storage),
    secrets: secretsIn(storage),
  };
}
