// The file system providers that are registered, by scheme.
import type { FileProvider } from './fileProvider';
import type { UriLike } from './uri';

export type Provider = FileProvider & {
  onDidChangeFile(listener: (events: readonly { uri: UriLike }[]) => unknown): { dispose(): unknown };
};

export class Providers {
  readonly #changed: (uri: UriLike) => void;
  readonly #all = new Map<string, Provider>();

  constructor(changed: (uri: UriLike) => void) {
    this.#changed = changed;
  }

  get({ scheme }: UriLike): Provider | undefined {
    return this.#all.get(scheme);
  }

  register(scheme: string, provider: Provider): { dispose(): unknown } {
    this.#all.set(scheme, provider);
    const subscription = provider.onDidChangeFile(events => {
      for (const { uri } of events) this.#changed(uri);
    });
    return {
      dispose: () => {
        subscription.dispose();
        if (this.#all.get(scheme) === provider) this.#all.delete(scheme);
      },
    };
  }
}
