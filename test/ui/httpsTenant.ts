// A sandbox under an https domain of its own, as the questions of *Add Tenant…* want one: behind a proxy on this machine.
import { generateKeyPairSync, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer as createHttpServer, request } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import * as path from 'node:path';
import type { Sandbox } from '../../src/sandbox/http/server';
import { createThrowawayFolder } from '../workbench/throwaway';

export interface HttpsTenant {
  /** With which VS Code finds it: a proxy. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** With which VS Code's server believes its certificate. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** The proxy's tunnels to the sandbox's domain end at `sandbox`; there are no others. */
export async function serveOverHttps(sandbox: Sandbox): Promise<HttpsTenant> {
  const { hostname, port } = new URL(sandbox.url);
  const folder = createThrowawayFolder('https');
  const { key, cert } = selfSigned(sandbox.domain);
  const certFile = path.join(folder.path, 'certificate.pem');
  writeFileSync(certFile, cert);
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
  proxy.on('connect', ({ url }, client: Socket, head: Buffer) => {
    // VS Code itself would speak to others, and dies of their wrong certificates.
    if (url !== `${sandbox.domain}:443`) {
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const tunnel = connect(portOf(https), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      tunnel.write(head);
      tunnel.pipe(client).pipe(tunnel);
    });
    for (const socket of [client, tunnel]) {
      sockets.add(socket);
      // Either end may go first.
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
  });
  await Promise.all([listen(https), listen(proxy)]);
  return {
    // With the system's certificates VS Code would believe no others.
    settings: { 'http.proxy': `http://127.0.0.1:${portOf(proxy)}`, 'http.systemCertificates': false },
    env: { NODE_EXTRA_CA_CERTS: certFile },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all([stop(https), stop(proxy)]);
      folder.remove();
    },
  };
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

/** A certificate for `name` (X.509, RFC 5280, as DER), which lives as long as the test: none is kept in the repository. */
function selfSigned(name: string): { readonly key: string; readonly cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der(0x30, oid('2a8648ce3d040302'));
  const commonName = der(0x30, oid('550403'), der(0x0c, Buffer.from(name)));
  const subject = der(0x30, der(0x31, commonName));
  const validity = der(0x30, der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from('491231235959Z')));
  const serial = der(0x02, Buffer.of(1));
  const body = der(
    0x30,
    der(0xa0, der(0x02, Buffer.of(2))),
    serial,
    algorithm,
    subject,
    validity,
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = der(0x03, Buffer.concat([Buffer.of(0), sign('sha256', body, privateKey)]));
  const base64 = der(0x30, body, algorithm, signature).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  };
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

/** Tag, length, contents. */
function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
