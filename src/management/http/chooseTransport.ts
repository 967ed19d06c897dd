// Which way to an origin: our own direct connections, or the host's fetch where only the host knows the way.
import { isLoopback } from '../tenant';

export type Way = 'direct' | 'host';

/** VS Code's settings of these names, and the environment. */
export interface ProxySettings {
  /** `http.proxy`, '' where it is not set. */
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
 * Our transport knows no proxy at all: any sign of one means the host's fetch, which also finds PAC files, Kerberos
 * and the system's certificates. A proxy that only the system knows shows itself when a direct contact fails.
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

/** `*`, `auth0.com` and `.auth0.com` (it and all below it), either with a port. */
function isExcepted(url: URL, exceptions: readonly string[]): boolean {
  const port = url.port || '443';
  return exceptions.some(exception => {
    const [, host = '', onlyPort] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(exception.trim().toLowerCase()) ?? [];
    if (onlyPort !== undefined && onlyPort !== port) return false;
    if (host === '') return exception.trim() === '*';
    return url.hostname === host || url.hostname.endsWith(`.${host}`);
  });
}
