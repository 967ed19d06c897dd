// Who may speak to a VS Code server, which does for its client whatever its user may do on this machine.
// VS Code asks for its connection token on most routes, but believes any Host (a page that has given this machine a name of
// its own, by DNS rebinding), and lets any page open a WebSocket.
import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** VS Code's own name of the cookie that it sets for `?tkn=`. */
const COOKIE = 'vscode-tkn';
const QUERY = 'tkn';

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

export type Asked = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;

/** @param token the server's; a client shows it in the URL once, then in the cookie */
export function isWelcome({ method, url = '/', headers }: Asked, token: string): boolean {
  const { host = '', origin, cookie = '', upgrade } = headers;
  if (!LOOPBACK.has(host.toLowerCase().replace(/:\d+$/, ''))) return false;
  const changes = method !== 'GET' || upgrade !== undefined;
  if (changes && origin !== undefined && origin !== `http://${host}`) return false;
  return [cookieOf(cookie), queryOf(url)].some(shown => shown !== undefined && isSame(shown, token));
}

function cookieOf(header: string): string | undefined {
  const start = `${COOKIE}=`;
  return header
    .split(';')
    .map(pair => pair.trim())
    .find(pair => pair.startsWith(start))
    ?.slice(start.length);
}

function queryOf(url: string): string | undefined {
  const at = url.indexOf('?');
  return at === -1 ? undefined : (new URLSearchParams(url.slice(at)).get(QUERY) ?? undefined);
}

function isSame(shown: string, token: string): boolean {
  const [a, b] = [Buffer.from(shown), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
