// Everything that speaks HTTP: one transport for all tenants, and what the status bar says of requests and tokens. Loaded when the
// first tenant is opened: before that no request waits, and no token is known.
import { type HttpSettings, readProxySettings } from '../management/http/chooseTransport';
import type { RequestObserver } from '../management/http/send';
import { createTransport } from '../management/http/switchingTransport';
import type { TenantDomain } from '../management/tenant';
import { type NamedTenants, Waits } from '../shell/waits';
import { type AccessSettings, type OpenAccess, openAccessThrough } from './openAccess';
import { type ConnectedTenants, type KnownTokens, TokenEnd } from './tokenEnd';

export interface NetworkParts {
  readonly proxy: () => HttpSettings;
  readonly observe: (tenant: TenantDomain) => RequestObserver;
  readonly access: AccessSettings;
  /** Both for what the status bar says. */
  readonly tenants: ConnectedTenants & NamedTenants;
  readonly tokens: KnownTokens;
}

export interface Network {
  readonly openAccess: OpenAccess;
  readonly waits: Waits;
  /** Call when the proxy settings changed: each tenant's next request chooses its route again. */
  settingsChanged(): void;
  /** Closes idle connections now, and the others after their answer. Says nothing more in the status bar. */
  dispose(): void;
}

export function openNetwork({ proxy, observe, access, tenants, tokens }: NetworkParts): Network {
  const transport = createTransport({ settings: () => readProxySettings(proxy(), process.env) });
  const tokenEnd = new TokenEnd(tenants, tokens);
  return {
    openAccess: openAccessThrough(transport, observe, access),
    waits: new Waits(tenants),
    settingsChanged: () => transport.settingsChanged(),
    dispose: () => {
      tokenEnd.dispose();
      void transport.close();
    },
  };
}
