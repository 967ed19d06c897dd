// Who may ask. A page of the web can have a browser send requests to this machine, and can give it a name of its own
// (DNS rebinding) to read the answers: what a browser says of such a request is the sign by which it is refused.
import type { IncomingHttpHeaders } from 'node:http';
import { type Answer, foreignHost, foreignPage, unsupportedMediaType } from '../answers';

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** The sandbox answers to the names of this machine and to its tenant's domain, which a proxy in front of it may keep. */
export function hostGuard(domain: string): (headers: IncomingHttpHeaders) => Answer | undefined {
  const own = new Set([...LOOPBACK, domain.toLowerCase()]);
  // Nearly every request calls it as the one before.
  let lastWelcome: string | undefined;
  return ({ host = '' }) => {
    if (host === lastWelcome) return undefined;
    if (!own.has(host.toLowerCase().replace(/:\d*$/, ''))) return foreignHost();
    lastWelcome = host;
    return undefined;
  };
}

/**
 * The control wants no token. Every browser names the page behind a request that changes something; the type of the body
 * is one that no form can send.
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
