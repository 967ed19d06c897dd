// Everything that speaks HTTP: one transport for all tenants, and what shows that a request waits. Loaded when the first tenant is opened.
import { type HttpSettings, readProxySettings } from '../management/http/chooseTransport';
import type { RequestObserver } from '../management/http/send';
import { createTransport } from '../management/http/switchingTransport';
import { Waits } from '../shell/waits';
import { type AccessSettings, type OpenAccess, openAccessThrough } from './openAccess';

export interface Network {
  readonly openAccess: OpenAccess;
  readonly waits: Waits;
  /** Call when the proxy settings changed: each tenant's next request chooses its route again. */
  settingsChanged(): void;
  /** Closes idle connections now, and the others after their answer. */
  dispose(): void;
}

export function openNetwork(
  httpSettings: () => HttpSettings,
  observer: RequestObserver,
  access: AccessSettings,
): Network {
  const transport = createTransport({ settings: () => readProxySettings(httpSettings(), process.env) });
  return {
    openAccess: openAccessThrough(transport, observer, access),
    waits: new Waits(),
    settingsChanged: () => transport.settingsChanged(),
    dispose: () => void transport.close(),
  };
}
