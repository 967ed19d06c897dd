// The transport of all tenants: our own connections first, the host's fetch for origins that need it.
import { isLoopback } from '../tenant';
import { type Connection, chooseWay, type ProxySettings, type Way } from './chooseTransport';
import { createFetchTransport } from './fetchTransport';
import { codeOf, DEFAULT_TIMEOUT_MS, type HttpRequest, type HttpResult, isFailure, type Transport } from './transport';

export interface TransportOptions {
  /** Read at an origin's first request, and again after `settingsChanged`. */
  settings(): ProxySettings;
  /** For tests. */
  readonly open?: (connection: Connection) => Promise<Transport>;
  readonly host?: Transport;
}

export interface SwitchingTransport extends Transport {
  /** Forgets how each origin was reached, so that the next request decides again. Open connections stay open. */
  settingsChanged(): void;
}

interface Route {
  way: Way;
  /** An answer has come this way, so a later failure is a problem of the network, not of the way. */
  proven: boolean;
}

/** Loads the bundle with the first request that is not the host's. */
async function openConnection(connection: Connection): Promise<Transport> {
  const { createUndiciTransport } = await import('./undiciTransport');
  return createUndiciTransport(connection);
}

export function createTransport(options: TransportOptions): SwitchingTransport {
  const host = options.host ?? createFetchTransport();
  const open = options.open ?? openConnection;
  const routes = new Map<string, Route>();
  /** By their settings: a connection that was opened without a check of certificates never serves later ones. */
  const opened = new Map<string, Promise<Transport>>();

  async function requestOver(connection: Connection, request: HttpRequest, signal?: AbortSignal): Promise<HttpResult> {
    const key = JSON.stringify(connection);
    const transport = opened.get(key) ?? open(connection);
    opened.set(key, transport);
    try {
      return await (await transport).request(request, signal);
    } catch (error) {
      opened.delete(key);
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
      const limited = route.proven ? request : { startWithinMs: timeoutMs / 2, ...request };
      const result = await requestOver(route.way, limited, signal);
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
      const closing = [...opened.values()].map(async transport => (await transport).close());
      opened.clear();
      await Promise.all([host.close(), ...closing]);
    },
  };
}

function mayUseHost(route: Route, origin: string, result: HttpResult): boolean {
  return isFailure(result) && result.failure !== 'cancelled' && !result.sent && !route.proven && !isLoopback(origin);
}
