// Everything that speaks HTTP, loaded with the first tenant that is connected: one transport for all of them.
import type { RequestObserver } from '../management/http/send';
import { createTransport, type TransportOptions } from '../management/http/switchingTransport';
import { type Connect, connectThrough } from './openAccess';

export interface Connections {
  readonly connect: Connect;
  /** The next request of each tenant finds its way anew. */
  settingsChanged(): void;
  /** Ends idle connections now, and the others with their answer. */
  dispose(): void;
}

export function openConnections(
  settings: TransportOptions['settings'],
  observer: RequestObserver,
  timeoutMs: () => number,
): Connections {
  const transport = createTransport({ settings });
  return {
    connect: connectThrough(transport, observer, timeoutMs),
    settingsChanged: () => transport.settingsChanged(),
    dispose: () => void transport.close(),
  };
}
