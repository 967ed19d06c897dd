// Everything that speaks HTTP, loaded with the first tenant that is opened: one transport for all of them.
import type { RequestObserver } from '../management/http/send';
import { createTransport, type TransportOptions } from '../management/http/switchingTransport';
import { type OpenAccess, openAccessThrough } from './openAccess';

export interface Network {
  readonly openAccess: OpenAccess;
  /** The next request of each tenant finds its way anew. */
  settingsChanged(): void;
  /** Ends idle connections now, and the others with their answer. */
  dispose(): void;
}

export function openNetwork(
  settings: TransportOptions['settings'],
  observer: RequestObserver,
  timeoutMs: () => number,
): Network {
  const transport = createTransport({ settings });
  return {
    openAccess: openAccessThrough(transport, observer, timeoutMs),
    settingsChanged: () => transport.settingsChanged(),
    dispose: () => void transport.close(),
  };
}
