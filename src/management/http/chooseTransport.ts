// Decides how to reach an origin: with connections of our own, if need be through a proxy, or with the host's fetch.
import { isLoopback } from '../tenant';

/** Connections of our own: to the origin, or through `proxy`. */
export interface Connection {
  readonly proxy?: Proxy;
  /**
   * Whose certificates are believed: those of the authorities that Node knows (with NODE_EXTRA_CA_CERTS), those of the
   * system's authorities as well, or all, without a check.
   */
  readonly trust: 'node' | 'system' | 'all';
}

export interface Proxy {
  /** http or https, perhaps with a name and a password. */
  readonly url: string;
  /** The header `Proxy-Authorization`; '' for that of the URL's name and password, if it has them. */
  readonly authorization: string;
}

export type Way = Connection | 'host';

/** VS Code's settings of these names, and the environment. */
export interface ProxySettings {
  /** `http.proxy`, '' if it is not set. */
  readonly proxy: string;
  /** `http.proxyAuthorization`, '' if it is not set. */
  readonly authorization: string;
  /** `http.noProxy` */
  readonly noProxy: readonly string[];
  /** `http.proxySupport`: `off`, `on`, `fallback`, `override`, or '' if it is not set. */
  readonly proxySupport: string;
  /** `http.proxyStrictSSL` */
  readonly strictSsl: boolean;
  /** `http.systemCertificates` */
  readonly systemCertificates: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** VS Code's settings below `http`. */
export interface HttpSettings {
  get(name: string): unknown;
}

/** Settings are typed by hand: one of another type counts as not set. */
export function readProxySettings(http: HttpSettings, env: ProxySettings['env']): ProxySettings {
  const text = (name: string) => {
    const value = http.get(name);
    return typeof value === 'string' ? value : '';
  };
  const noProxy = http.get('noProxy');
  return {
    proxy: text('proxy'),
    authorization: text('proxyAuthorization').trim(),
    noProxy: Array.isArray(noProxy) ? noProxy.filter(host => typeof host === 'string') : [],
    proxySupport: text('proxySupport'),
    strictSsl: http.get('proxyStrictSSL') !== false,
    systemCertificates: http.get('systemCertificates') !== false,
    env,
  };
}

/**
 * A proxy that is named is used as VS Code's own requests use it: the host's fetch sends no `http.proxyAuthorization`,
 * knows no `http.proxyStrictSSL`, and in VS Code 1.100 makes a new connection for each request. What only the host's
 * fetch can do (PAC files, Kerberos, the system's proxy and certificates) is noticed when our own connection fails.
 */
export function chooseWay(origin: string, settings: ProxySettings): Way {
  const trust = settings.strictSsl ? 'node' : 'all';
  if (isLoopback(origin) || settings.proxySupport === 'off') return { trust };
  const url = knownProxy(settings.proxy) ?? knownProxy(envValue(settings.env, PROXY_VARIABLES));
  const exceptions = settings.noProxy.length > 0 ? settings.noProxy : envValue(settings.env, ['no_proxy']).split(',');
  if (url === undefined || isExcepted(new URL(origin), exceptions)) return { trust };
  if (!/^https?:/.test(url)) return 'host';
  const { authorization } = settings;
  // The proxy would refuse the host's fetch, so the system's certificates cannot be left to it.
  const needsSystem = authorization !== '' && settings.systemCertificates && settings.strictSsl;
  return { proxy: { url, authorization }, trust: needsSystem ? 'system' : trust };
}

/** The order of VS Code; each name in lower case first. */
const PROXY_VARIABLES = ['https_proxy', 'http_proxy'];

function envValue(env: ProxySettings['env'], names: readonly string[]): string {
  return names.flatMap(name => [env[name], env[name.toUpperCase()]]).find(value => value?.trim()) ?? '';
}

/** VS Code ignores what has another scheme, or none. */
function knownProxy(text: string): string | undefined {
  const url = text.trim();
  return /^(?:https?|socks\w*):\/\//i.test(url) && URL.canParse(url) ? new URL(url).href : undefined;
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
