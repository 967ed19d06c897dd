// Refuses requests of web pages. A page can make a browser send requests to this machine, and read the answers through
// DNS rebinding. The headers that the browser adds give such requests away.
import type { IncomingHttpHeaders } from 'node:http';
import { type Answer, foreignHost, foreignPage, unsupportedMediaType } from '../answers';

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** Accepts as host the names of this machine, and the tenant's domain, which a proxy may forward. */
export function hostGuard(domain: string): (headers: IncomingHttpHeaders) => Answer | undefined {
  const own = new Set([...LOOPBACK, domain.toLowerCase()]);
  // Cached: nearly every request has the same host as the one before.
  let lastWelcome: string | undefined;
  return ({ host = '' }) => {
    if (host === lastWelcome) return undefined;
    if (!own.has(host.toLowerCase().replace(/:\d*$/, ''))) return foreignHost();
    lastWelcome = host;
    return undefined;
  };
}

/**
 * Protects the control, which needs no token. Browsers send the origin of a page with every request that changes
 * something, and no form can send the JSON content type.
 */
export function refuseControl(headers: IncomingHttpHeaders): Answer | undefined {
  const { origin, host, 'sec-fetch-site': site = 'none', 'content-type': type = '' } = headers;
  if (origin !== undefined && origin !== `http://${host}`) return foreignPage();
  if (site !== 'none' && site !== 'same-origin') return foreignPage();
  return hasBody(headers) && !/^application\/json *(;|$)/i.test(type) ? unsupportedMediaType() : undefined;
}

function hasBody({ 'content-length': length = '0', 'transfer-encoding': encoding }: IncomingHttpHeaders): boolean {
  return encoding !== undefined || length !== '0';
}
