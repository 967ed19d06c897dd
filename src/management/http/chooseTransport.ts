// Decides how to reach an origin: with direct connections, or with the host's fetch if there may be a proxy.
import { isLoopback } from '../tenant';

export type Way = 'direct' | 'host';

/** VS Code's settings of these names, and the environment. */
export interface ProxySettings {
  /** `http.proxy`, '' if it is not set. */
  readonly proxy: string;
  /** `http.noProxy` */
  readonly noProxy: readonly string[];
  /** `http.proxySupport`: `off`, `on`, `fallback`, `override`. */
  readonly proxySupport: string;
  /** `http.proxyStrictSSL` */
  readonly strictSsl: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The direct transport does not support proxies. Any sign of one means the host's fetch, which also supports PAC files,
 * Kerberos and the system's certificates. A proxy that only the system knows is noticed when a direct request fails.
 */
export function chooseWay(origin: string, settings: ProxySettings): Way {
  if (isLoopback(origin) || settings.proxySupport === 'off') return 'direct';
  if (!settings.strictSsl) return 'host';
  const proxy = settings.proxy.trim() || envValue(settings.env, PROXY_VARIABLES);
  if (!proxy) return 'direct';
  const exceptions =
    settings.noProxy.length > 0 ? settings.noProxy : envValue(settings.env, ['NO_PROXY']).split(/[\s,]+/);
  return isExcepted(new URL(origin), exceptions) ? 'direct' : 'host';
}

const PROXY_VARIABLES = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'];

function envValue(env: ProxySettings['env'], names: readonly string[]): string {
  return names.flatMap(name => [env[name], env[name.toLowerCase()]]).find(value => value?.trim()) ?? '';
}

/** Matches `*`, and `auth0.com` or `.auth0.com` (the domain and its subdomains) with or without a port. */
function isExcepted(url: URL, exceptions: readonly string[]): boolean {
  const port = url.port || '443';
  return exceptions.some(exception => {
    const [, host = '', onlyPort] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(exception.trim().toLowerCase()) ?? [];
    if (onlyPort !== undefined && onlyPort !== port) return false;
    if (host === '') return exception.trim() === '*';
    return url.hostname === host || url.hostname.endsWith(`.${host}`);
  });
}
