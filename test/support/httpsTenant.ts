// A sandbox under an https domain of its own, with a certificate that nobody else knows, behind a proxy on this machine.
import { createServer as createHttpServer, request } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import type { Sandbox } from '../../src/sandbox/http/server';
import { type Identity, selfSigned } from './certificate';

/** One request for a tunnel. */
export interface Connect {
  /** Host and port. */
  readonly target: string;
  /** The header `Proxy-Authorization`; undefined if there was none. */
  readonly authorization: string | undefined;
  /** Of the proxy's answer. */
  readonly status: number;
}

export interface HttpsTenant {
  readonly proxyUrl: string;
  /** Where the https server listens on 127.0.0.1, for who comes without the proxy. */
  readonly httpsPort: number;
  /** PEM, of its own authority. */
  readonly certificate: string;
  /** What the proxy was asked for the sandbox's domain, oldest first. */
  readonly connects: Connect[];
  /** The `Proxy-Authorization` without which the proxy answers 407. Default: none. */
  wantedAuthorization: string | undefined;
  /** The proxy answers nothing at all. Default: false. */
  isSilent: boolean;
  /** Ends all connections and forgets `connects`: the next request needs a connection of its own. */
  cut(): void;
  close(): Promise<void>;
}

/** The proxy's tunnels to the sandbox's domain end at `sandbox`; there are no others. */
export async function serveOverHttps(
  sandbox: Sandbox,
  { key, cert }: Identity = selfSigned(sandbox.domain),
): Promise<HttpsTenant> {
  const { hostname, port } = new URL(sandbox.url);
  const https = createHttpsServer({ key, cert }, (incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const onward = request({ hostname, port, method, path: url, headers, agent: false }, answer => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  const proxy = createHttpServer((_request, response) => response.writeHead(405).end());
  const sockets = new Set<Socket>();
  const cut = () => {
    for (const socket of sockets) socket.destroy();
    https.closeAllConnections();
    tenant.connects.length = 0;
  };
  proxy.on('connect', ({ url = '', headers }, client: Socket, head: Buffer) => {
    // Either end may go first.
    client.on('error', () => client.destroy());
    // VS Code itself would speak to others, and dies of their wrong certificates.
    if (url !== `${sandbox.domain}:443`) {
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    if (tenant.isSilent) {
      sockets.add(client);
      return;
    }
    const authorization = headers['proxy-authorization'];
    const isWelcome = tenant.wantedAuthorization === undefined || tenant.wantedAuthorization === authorization;
    tenant.connects.push({ target: url, authorization, status: isWelcome ? 200 : 407 });
    if (!isWelcome) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm="test"\r\n\r\n');
      return;
    }
    const tunnel = connect(portOf(https), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      tunnel.write(head);
      tunnel.pipe(client).pipe(tunnel);
    });
    tunnel.on('error', () => tunnel.destroy());
    for (const socket of [client, tunnel]) {
      sockets.add(socket);
      socket.on('close', () => {
        client.destroy();
        tunnel.destroy();
        sockets.delete(socket);
      });
    }
  });
  await Promise.all([listen(https), listen(proxy)]);
  const tenant: HttpsTenant = {
    proxyUrl: `http://127.0.0.1:${portOf(proxy)}`,
    httpsPort: portOf(https),
    certificate: cert,
    connects: [],
    wantedAuthorization: undefined,
    isSilent: false,
    cut,
    close: async () => {
      cut();
      await Promise.all([stop(https), stop(proxy)]);
    },
  };
  return tenant;
}

function listen(server: Server): Promise<void> {
  return new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
}

function stop(server: Server): Promise<void> {
  return new Promise(resolve => server.close(() => resolve()));
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server does not listen.');
  return address.port;
}
