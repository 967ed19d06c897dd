// The transport of all tenants: direct connections first, the host's fetch for origins that need it.

import { isLoopback } from '../tenant';
import { chooseWay, type ProxySettings } from './chooseTransport';
import { createFetchTransport } from './fetchTransport';
import { codeOf, DEFAULT_TIMEOUT_MS, type HttpRequest, type HttpResult, isFailure, type Transport } from './transport';

export interface TransportOptions {
  /** Read at an origin's first request, and again after `settingsChanged`. */
  settings(): ProxySettings;
  /** For tests. */
  readonly direct?: () => Promise<Transport>;
  readonly host?: Transport;
}

export interface SwitchingTransport extends Transport {
  /** Forgets how each origin was reached, so that the next request decides again. Open connections stay open. */
  settingsChanged(): void;
}

interface Route {
  way: 'direct' | 'host';
  /** An answer has come this way, so a later failure is a problem of the network, not of the way. */
  proven: boolean;
}

/** Loads the bundle with the first direct request. */
async function loadDirect(): Promise<Transport> {
  const { createUndiciTransport } = await import('./undiciTransport');
  return createUndiciTransport();
}

export function createTransport(options: TransportOptions): SwitchingTransport {
  const host = options.host ?? createFetchTransport();
  const routes = new Map<string, Route>();
  let direct: Promise<Transport> | undefined;

  async function requestDirect(request: HttpRequest, signal?: AbortSignal): Promise<HttpResult> {
    try {
      direct ??= (options.direct ?? loadDirect)();
      return await (await direct).request(request, signal);
    } catch (error) {
      direct = undefined;
      return { failure: 'network', sent: false, code: codeOf(error) };
    }
  }

  return {
    async request(request, signal) {
      const { origin } = new URL(request.url);
      const route = routes.get(origin) ?? { way: chooseWay(origin, options.settings()), proven: false };
      routes.set(origin, route);
      if (route.way === 'host') return host.request(request, signal);

      const timeoutMs = request.timeoutMs ?? DEFAULT_TIMEOUT_MS;
      const startedMs = performance.now();
      const result = await requestDirect(route.proven ? request : { startWithinMs: timeoutMs / 2, ...request }, signal);
      if (!isFailure(result)) route.proven = true;
      // A request with `startWithinMs` would be too late now. Its save begins again, and the read finds the way.
      else if (request.startWithinMs === undefined && mayUseHost(route, origin, result)) {
        // Safe for a POST too: it is certain that nothing of the request was sent.
        const leftMs = Math.max(1, timeoutMs - (performance.now() - startedMs));
        const second = await host.request({ ...request, timeoutMs: leftMs }, signal);
        if (!isFailure(second)) route.way = 'host';
        return second;
      }
      return result;
    },
    settingsChanged: () => routes.clear(),
    async close() {
      const opened = direct;
      direct = undefined;
      await Promise.all([host.close(), opened?.then(transport => transport.close())]);
    },
  };
}

function mayUseHost(route: Route, origin: string, result: HttpResult): boolean {
  return isFailure(result) && result.failure !== 'cancelled' && !result.sent && !route.proven && !isLoopback(origin);
}
